package dev.parley.turn.core;

import org.jspecify.annotations.Nullable;

/**
 * What one allocation may relay: its own part, its user's and everybody's together. Payload bytes of both directions
 * count. A datagram that does not fit is dropped and never queued, as a slower link would do; a stream is read no
 * further. Used on the event loop of its allocation; what it shares with other loops lives outside the core.
 */
public interface BandwidthShare {
    /** No limit at all. */
    BandwidthShare UNLIMITED = new BandwidthShare() {
        @Override
        public @Nullable DropReason tryTake(int payloadBytes, long nowNanos) {
            return null;
        }

        @Override
        public long charge(int bytes, long nowNanos) {
            return 0;
        }

        @Override
        public void close() {}
    };

    /** Takes so many bytes and answers null, or takes nothing and says which limit is reached. Makes no object. */
    @Nullable
    DropReason tryTake(int payloadBytes, long nowNanos);

    /**
     * Takes bytes of a stream, which cannot be dropped any more, also beyond the limits.
     *
     * @return nanoseconds in which nothing more of the stream shall be read; 0 if it may go on
     */
    long charge(int bytes, long nowNanos);

    /** The allocation has ended; called once. */
    void close();
}
