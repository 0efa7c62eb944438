package dev.parley.signaling.core;

/**
 * What an identity may use; never more than the server's own limits.
 *
 * @param rooms it may be in at once; 0: as many as the server allows
 * @param messagesPerSecond it may send; 0: as many as the server allows
 */
public record Allowance(int rooms, int messagesPerSecond) {
    /** What the server allows everybody. */
    public static final Allowance USUAL = new Allowance(0, 0);

    public Allowance {
        if (rooms < 0 || messagesPerSecond < 0) {
            throw new IllegalArgumentException("an allowance is not negative");
        }
    }

    int rooms(HubLimits limits) {
        return least(rooms, limits.of(HubLimit.ROOMS_PER_SESSION));
    }

    int messagesPerSecond(HubLimits limits) {
        return least(messagesPerSecond, limits.of(HubLimit.MESSAGES_PER_SECOND));
    }

    private static int least(int own, int servers) {
        return own == 0 ? servers : Math.min(own, servers);
    }
}
