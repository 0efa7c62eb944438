package dev.parley.turn.core;

import java.util.stream.IntStream;

/**
 * The share of the relay ports that one event loop owns. Pairs (even, even + 1) stay together, for EVEN-PORT, and are
 * dealt out to the loops in turn, so that the owner of a port is plain arithmetic and no loop needs a shared map.
 *
 * @param range all relay ports of the process
 * @param loops number of event loops, at least 1
 * @param index this loop's number, from 0
 */
public record PortPartition(PortRange range, int loops, int index) {

    public PortPartition {
        if (loops < 1 || index < 0 || index >= loops) {
            throw new IllegalArgumentException("no loop " + index + " of " + loops);
        }
    }

    /** All ports for a single loop. */
    public static PortPartition whole(PortRange range) {
        return new PortPartition(range, 1, 0);
    }

    /** The number of the loop that owns a relay port; cheap enough for every packet. */
    public static int loopOf(int port, int loops) {
        return (port >>> 1) % loops;
    }

    /** True if this partition owns the port. */
    public boolean owns(int port) {
        return range.contains(port) && loopOf(port, loops) == index;
    }

    /** This loop's ports in ascending order. */
    IntStream ports() {
        return IntStream.rangeClosed(range.first(), range.last()).filter(this::owns);
    }
}
