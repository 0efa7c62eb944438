package dev.parley.turn.loop;

import dev.parley.ice.address.TransportAddress;
import dev.parley.turn.core.EndReason;

/** Who wants to know which allocations come and go. Called on the event loops, so implementations return at once. */
public interface TurnNotices {
    /** Nobody does. */
    TurnNotices NONE = new TurnNotices() {
        @Override
        public void allocationOpened(String name, TransportAddress client, TransportAddress relayed) {}

        @Override
        public void allocationMoved(
                String name, TransportAddress from, TransportAddress to, TransportAddress relayed) {}

        @Override
        public void allocationEnded(String name, TransportAddress client, TransportAddress relayed, EndReason reason) {}
    };

    /**
     * An allocation came to life.
     *
     * @param name the user, as the credentials name them
     * @param client where the client's packets come from
     */
    void allocationOpened(String name, TransportAddress client, TransportAddress relayed);

    /** The client of a mobile allocation (RFC 8016) has gone to another address; ends are told from there. */
    void allocationMoved(String name, TransportAddress from, TransportAddress to, TransportAddress relayed);

    /** An allocation has ended with all its relayed addresses; this is what it has relayed. */
    default void allocationUsed(Usage usage, EndReason reason) {}

    /** Follows each {@link #allocationOpened} once, unless the whole transport is closed. */
    void allocationEnded(String name, TransportAddress client, TransportAddress relayed, EndReason reason);
}
