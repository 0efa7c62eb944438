package dev.parley.config;

import java.util.Comparator;

/** An inclusive range of unprivileged port numbers, 1024 to 65535, written {@code 49152-65535}. */
public record PortRange(int first, int last) implements Comparable<PortRange> {
    private static final Comparator<PortRange> ORDER =
            Comparator.comparingInt(PortRange::first).thenComparingInt(PortRange::last);

    public PortRange {
        if (first < 1024 || last > 65535 || first > last) {
            throw new IllegalArgumentException(
                    "port range " + first + "-" + last + " is not within 1024-65535 in rising order");
        }
    }

    /** Whether the port is one of this range. */
    public boolean contains(int port) {
        return first <= port && port <= last;
    }

    /** How many ports there are. */
    public int size() {
        return last - first + 1;
    }

    @Override
    public int compareTo(PortRange other) {
        return ORDER.compare(this, other);
    }

    @Override
    public String toString() {
        return first + "-" + last;
    }
}
