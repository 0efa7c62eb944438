package dev.parley.server;

/** What the admin endpoint can show and do; called on its own threads. */
interface AdminDuties {
    /** All metrics in the text format of Prometheus. */
    String metrics();

    /** Reads the configuration again. */
    Reload.Outcome reload();
}
