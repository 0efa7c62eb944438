package dev.parley.turn.core;

/**
 * The ports relayed addresses may have, both ends included.
 *
 * @param first 1024 to 65535; RFC 8656 section 7.2 recommends 49152
 * @param last not below first, at most 65535
 */
public record PortRange(int first, int last) {
    /** The dynamic range of RFC 6335, which RFC 8656 section 7.2 recommends. */
    public static final PortRange DEFAULT = new PortRange(49152, 65535);

    public PortRange {
        if (first < 1024 || last > 65535 || first > last) {
            throw new IllegalArgumentException(
                    "relay ports must lie in 1024-65535, lower end first: " + first + "-" + last);
        }
    }

    public boolean contains(int port) {
        return port >= first && port <= last;
    }

    public int size() {
        return last - first + 1;
    }
}
