package dev.parley.signaling.core.tracker;

import dev.parley.signaling.core.AddressPrefix;
import dev.parley.signaling.core.dropin.DropInLine;
import dev.parley.signaling.core.dropin.LineId;

/** One peer in one swarm, and the connection that reaches it. */
final class SwarmPeer {
    private final BinaryId id;
    private DropInLine line;

    boolean seeder;
    long lastSeenNanos;

    SwarmPeer(BinaryId id, DropInLine line, boolean seeder, long nowNanos) {
        this.id = id;
        this.line = line;
        this.seeder = seeder;
        this.lastSeenNanos = nowNanos;
    }

    BinaryId id() {
        return id;
    }

    LineId line() {
        return line.id();
    }

    AddressPrefix address() {
        return line.address();
    }

    /** It has come back over another connection. */
    void moveTo(DropInLine next) {
        line = next;
    }
}
