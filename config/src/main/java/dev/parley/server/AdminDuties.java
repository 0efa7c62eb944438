package dev.parley.server;

/** What the admin endpoint can show and do; called on its own threads. */
interface AdminDuties {
    /** All metrics in the text format of Prometheus. */
    String metrics();

    /** The users that have relayed the most bytes, as JSON. */
    String topUsers();

    /** The rooms after this name, with who in them is relayed, over what and how fast, as JSON; takes a moment. */
    String rooms(String after);

    /** Reads the configuration again. */
    Reload.Outcome reload();
}
