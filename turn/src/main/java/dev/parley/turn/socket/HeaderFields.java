package dev.parley.turn.socket;

/**
 * The fields of an IP header that a relay carries across, packed into an int so that nothing is made for a datagram:
 *
 * <pre>
 *   bits 0..7    TTL or hop limit; 0 = what the system sends by default
 *   bits 8..15   traffic class: six bits of DSCP, two of ECN
 *   bit  16      do not fragment
 * </pre>
 */
public final class HeaderFields {
    /** For what a server says for itself: the system's default TTL, best effort, not ECN-capable, may fragment. */
    public static final int DEFAULT = 0;

    /** The answer of {@link #forwarded} for a datagram whose time to live ends here. */
    public static final int EXPIRED = -1;

    private static final int TTL_MASK = 0xFF;
    private static final int TRAFFIC_CLASS_SHIFT = 8;
    private static final int DONT_FRAGMENT = 1 << 16;

    private HeaderFields() {}

    /**
     * Fields without a wish about fragments.
     *
     * @param ttl 1 to 255, or 0 if it is not known
     * @param trafficClass 0 to 255
     */
    public static int of(int ttl, int trafficClass) {
        return (ttl & TTL_MASK) | ((trafficClass & 0xFF) << TRAFFIC_CLASS_SHIFT);
    }

    public static int withDontFragment(int fields) {
        return fields | DONT_FRAGMENT;
    }

    public static int ttl(int fields) {
        return fields & TTL_MASK;
    }

    public static int trafficClass(int fields) {
        return fields >>> TRAFFIC_CLASS_SHIFT & 0xFF;
    }

    public static boolean isDontFragment(int fields) {
        return (fields & DONT_FRAGMENT) != 0;
    }

    /**
     * What a datagram that came with these fields leaves with: one hop less to live, DSCP and ECN as they were, or
     * {@link #EXPIRED}. A wish not to be fragmented stays; of what was received it is not known, so there it is never
     * set (RFC 8656 section 14, alternate behavior).
     */
    public static int forwarded(int received) {
        int ttl = ttl(received);
        if (ttl == 0) {
            return received; // not known: the system's default stays
        }
        return ttl == 1 ? EXPIRED : received - 1;
    }
}
