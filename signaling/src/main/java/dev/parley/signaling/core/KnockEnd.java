package dev.parley.signaling.core;

/** How somebody's waiting to be let in ended, as the hosts are told. */
public enum KnockEnd {
    /** Let in. */
    ADMITTED("admitted"),
    /** Sent away. */
    REFUSED("refused"),
    /** It has given up. */
    LEFT("left"),
    /** Its session is over. */
    LOST("lost");

    private final String word;

    KnockEnd(String word) {
        this.word = word;
    }

    /** The word on the wire. */
    public String word() {
        return word;
    }

    static KnockEnd of(Departure departure) {
        return departure == Departure.LEFT ? LEFT : LOST;
    }
}
