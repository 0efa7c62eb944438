package dev.parley.signaling.core;

/** How a member went, as the others are told. */
public enum Departure {
    /** It said so, or closed its connection in order. */
    LEFT("left"),
    /** The connection broke or fell silent. */
    LOST("lost"),
    /** The hub closed the connection. */
    CLOSED("closed"),
    /** A host sent it out. */
    KICKED("kicked"),
    /** A host sent it out, and it may not come back. */
    BANNED("banned"),
    /** The room was ended from outside. */
    ENDED("ended"),
    /** The same user came into the room again. */
    REPLACED("replaced");

    private final String word;

    Departure(String word) {
        this.word = word;
    }

    /** The word on the wire. */
    public String word() {
        return word;
    }
}
