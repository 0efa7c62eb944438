package dev.parley.turn.core;

import java.util.Arrays;
import java.util.random.RandomGenerator;

/**
 * The free relay ports of one event loop and one address family. Every take is uniformly random over what is free, so
 * that nobody can predict a relayed address (RFC 6056), and costs O(1) whatever the filling; no counter runs, so
 * nothing can wrap.
 */
final class PortPool {
    private static final int TAKEN = -1;

    private final int first;
    /** Free ports in positions 0 to free - 1, in no order. */
    private final int[] ports;
    /** Position of (port - first) in ports, or TAKEN. */
    private final int[] positionByPort;

    private int free;

    PortPool(PortPartition partition) {
        first = partition.range().first();
        ports = partition.ports().toArray();
        free = ports.length;
        positionByPort = new int[partition.range().size()];
        Arrays.fill(positionByPort, TAKEN);
        for (int i = 0; i < free; i++) {
            positionByPort[ports[i] - first] = i;
        }
    }

    /** A random free port, now taken, or -1 when the pool is empty. */
    int take(RandomGenerator random) {
        if (free == 0) {
            return -1;
        }
        return take(random.nextInt(free));
    }

    private int take(int position) {
        int port = ports[position];
        int last = ports[--free];
        ports[position] = last;
        positionByPort[last - first] = position;
        positionByPort[port - first] = TAKEN;
        return port;
    }

    /**
     * A random free even port, now taken, or -1. With its next one, that is free before and taken after.
     */
    int takeEven(RandomGenerator random, boolean withNext) {
        int start = free == 0 ? 0 : random.nextInt(free);
        for (int step = 0; step < free; step++) {
            int port = ports[(start + step) % free];
            if ((port & 1) == 0 && (!withNext || (port - first + 1 < positionByPort.length && isFree(port + 1)))) {
                take(positionByPort[port - first]);
                if (withNext) {
                    take(positionByPort[port + 1 - first]);
                }
                return port;
            }
        }
        return -1;
    }

    /** Gives a taken port back. */
    void release(int port) {
        if (positionByPort[port - first] != TAKEN || free == ports.length) {
            throw new IllegalStateException("relay port " + port + " is not taken");
        }
        ports[free] = port;
        positionByPort[port - first] = free++;
    }

    boolean isFree(int port) {
        return positionByPort[port - first] != TAKEN;
    }

    int free() {
        return free;
    }

    int size() {
        return ports.length;
    }
}
