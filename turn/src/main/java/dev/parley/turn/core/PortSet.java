package dev.parley.turn.core;

import java.util.BitSet;

/** A set of port numbers. Immutable; a look-up allocates nothing. */
public final class PortSet {
    public static final PortSet EMPTY = new PortSet(new BitSet());

    private final BitSet ports;

    /** @param ports copied */
    public PortSet(BitSet ports) {
        this.ports = (BitSet) ports.clone();
    }

    public boolean contains(int port) {
        return ports.get(port);
    }
}
