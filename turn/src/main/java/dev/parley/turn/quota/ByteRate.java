package dev.parley.turn.quota;

/**
 * A number of bytes a second, as the time that bytes take: a bucket is then one number, the moment when it will be
 * empty again.
 *
 * @param bytesPerSecond 0 is no limit
 * @param burstNanos how far that moment may lie ahead: a second, or what the largest datagram takes if that is longer
 */
record ByteRate(long bytesPerSecond, long burstNanos) {
    static final ByteRate UNLIMITED = new ByteRate(0, 0);

    private static final long SECOND_NANOS = 1_000_000_000L;

    /** Bytes; no UDP datagram carries more. */
    private static final int LARGEST_DATAGRAM = 65_535;

    /** Bytes; what some hundred streams have read when they all learn of the limit at once. */
    private static final int LARGEST_DEBT = 16 << 20;

    static ByteRate of(long bytesPerSecond) {
        return bytesPerSecond == 0
                ? UNLIMITED
                : new ByteRate(
                        bytesPerSecond, Math.max(SECOND_NANOS, LARGEST_DATAGRAM * SECOND_NANOS / bytesPerSecond));
    }

    boolean isUnlimited() {
        return bytesPerSecond == 0;
    }

    /** How far beyond the burst streams may get: a debt of another rate is not paid for ever. */
    long debtNanos() {
        return nanos(LARGEST_DEBT);
    }

    /** What so many bytes take; at least a nanosecond, so that nothing is free. */
    long nanos(int bytes) {
        return Math.max(1, bytes * SECOND_NANOS / bytesPerSecond);
    }
}
