package dev.parley.turn.dtls;

/** Which of the latest 64 sequence numbers were seen (RFC 6347 section 4.1.2.6). */
final class ReplayWindow {
    static final int SIZE = 64;

    private long newest = -1;
    private long seen;

    /** Whether a record with this number may be new; asked before its tag is verified. */
    boolean mayBeNew(long sequence) {
        if (sequence > newest) {
            return true;
        }
        long age = newest - sequence;
        return age < SIZE && (seen >>> age & 1) == 0;
    }

    /** A record with this number was authentic; only such ones move the window. */
    void seen(long sequence) {
        if (sequence > newest) {
            long step = sequence - newest;
            seen = step >= SIZE ? 0 : seen << step;
            newest = sequence;
        }
        seen |= 1L << (newest - sequence);
    }
}
