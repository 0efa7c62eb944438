package dev.parley.server;

/** What the admin endpoint can show and do; called on its own threads. */
interface AdminDuties {
    /** All metrics in the text format of Prometheus. */
    String metrics();

    /** The users that have relayed the most bytes, as JSON. */
    String topUsers();

    /** Reads the configuration again. */
    Reload.Outcome reload();
}
