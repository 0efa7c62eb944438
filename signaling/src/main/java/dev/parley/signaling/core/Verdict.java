package dev.parley.signaling.core;

/** How a client's message ended. */
sealed interface Verdict {
    Done DONE = new Done();

    /** It was carried out. */
    record Done() implements Verdict {}

    /** It was not, and nothing changed. */
    record Refused(Refusal refusal) implements Verdict {}
}
