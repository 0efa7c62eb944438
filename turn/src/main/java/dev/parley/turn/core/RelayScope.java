package dev.parley.turn.core;

import dev.parley.ice.address.TransportAddress;

/**
 * Whom a user may reach at all: everybody (scope public), or only the members of the user's rooms. Asked after the
 * deny lists, from every event loop.
 */
public interface RelayScope {
    /** Everybody may reach every address that is not denied. */
    RelayScope PUBLIC = new RelayScope() {
        @Override
        public boolean admits(String name, TransportAddress peer) {
            return true;
        }

        @Override
        public long version() {
            return 0;
        }
    };

    /**
     * True if the peer belongs to the user's scope: a live relayed address of a member of the same room, or an
     * address (whatever the port) from which this server sees one.
     */
    boolean admits(String name, TransportAddress peer);

    /**
     * Changes whenever an answer of {@link #admits} may have changed; read for every packet, so it must cost next to
     * nothing.
     */
    long version();
}
