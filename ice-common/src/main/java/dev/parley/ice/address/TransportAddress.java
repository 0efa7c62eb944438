package dev.parley.ice.address;

import java.net.InetAddress;
import java.net.InetSocketAddress;

/**
 * An IP address and a port as a value: no arrays, no DNS, cheap equality and hash, so that it can key the tables of the
 * relay.
 *
 * @param family IPv4 or IPv6; an IPv4-mapped IPv6 address stays IPv6 here
 * @param high the first 64 bits of an IPv6 address, 0 for IPv4
 * @param low the last 64 bits of an IPv6 address, or the 32 bits of an IPv4 address
 * @param port 0 to 65535
 */
public record TransportAddress(AddressFamily family, long high, long low, int port)
        implements Comparable<TransportAddress> {

    public TransportAddress {
        if (family == AddressFamily.IPV4 && (high != 0 || low >>> 32 != 0)) {
            throw new IllegalArgumentException("an IPv4 address has 32 bits");
        }
        if (port < 0 || port > 0xFFFF) {
            throw new IllegalArgumentException("port out of range: " + port);
        }
    }

    public static TransportAddress of(IpAddress ip, int port) {
        return new TransportAddress(ip.family(), ip.high(), ip.low(), port);
    }

    /**
     * Takes over what a socket reports. A socket that serves both families shows IPv4 endpoints in their IPv4-mapped
     * form; they are IPv4 here. Not for addresses that a stranger wrote into a message: those stay as written.
     *
     * @throws IllegalArgumentException if the address is unresolved
     */
    public static TransportAddress ofInetSocketAddress(InetSocketAddress address) {
        InetAddress ip = address.getAddress();
        if (ip == null) {
            throw new IllegalArgumentException("unresolved address: " + address);
        }
        IpAddress reported = IpAddress.ofInetAddress(ip);
        return of(reported.isIpv4Mapped() ? reported.lastIpv4() : reported, address.getPort());
    }

    /**
     * Reads {@code 192.0.2.1:5} or {@code [2001:db8::1]:5}; names are never looked up.
     *
     * @throws IllegalArgumentException if the text is neither
     */
    public static TransportAddress parse(String text) {
        int colon = text.lastIndexOf(':');
        boolean bracketed = text.startsWith("[") && colon > 0 && text.charAt(colon - 1) == ']';
        if (colon < 0 || (!bracketed && text.indexOf(':') != colon)) {
            throw new IllegalArgumentException("not an address with a port: '" + text + "'");
        }
        IpAddress ip = IpAddress.parse(bracketed ? text.substring(1, colon - 1) : text.substring(0, colon));
        if (bracketed != (ip.family() == AddressFamily.IPV6)) {
            throw new IllegalArgumentException("not an address with a port: '" + text + "'");
        }
        return of(ip, parsePort(text, text.substring(colon + 1)));
    }

    private static int parsePort(String text, String digits) {
        boolean decimal =
                !digits.isEmpty() && digits.length() <= 5 && digits.chars().allMatch(c -> c >= '0' && c <= '9');
        int port = decimal ? Integer.parseInt(digits) : -1;
        if (port < 0 || port > 0xFFFF) {
            throw new IllegalArgumentException("not a port from 0 to 65535: '" + text + "'");
        }
        return port;
    }

    public IpAddress ip() {
        return new IpAddress(family, high, low);
    }

    public TransportAddress withPort(int newPort) {
        return new TransportAddress(family, high, low, newPort);
    }

    public InetSocketAddress toInetSocketAddress() {
        return new InetSocketAddress(ip().toInetAddress(), port);
    }

    /** By family, address, port. Strangers choose these keys; an order keeps hash tables logarithmic. */
    @Override
    public int compareTo(TransportAddress other) {
        int byFamily = family.compareTo(other.family);
        if (byFamily != 0) {
            return byFamily;
        }
        int byHigh = Long.compareUnsigned(high, other.high);
        if (byHigh != 0) {
            return byHigh;
        }
        int byLow = Long.compareUnsigned(low, other.low);
        return byLow != 0 ? byLow : Integer.compare(port, other.port);
    }

    /** The same in every run, unlike the hash of an enum, so that simulations can be replayed. */
    @Override
    public int hashCode() {
        return mix(high, low, (family.stunCode() << 16) | port);
    }

    /** Spreads neighbouring addresses and ports over all bits: the finisher of the splitmix64 generator. */
    static int mix(long high, long low, int rest) {
        long bits = (high * 0x9E37_79B9_7F4A_7C15L + low) * 0x9E37_79B9_7F4A_7C15L + rest;
        bits = (bits ^ (bits >>> 30)) * 0xBF58_476D_1CE4_E5B9L;
        bits = (bits ^ (bits >>> 27)) * 0x94D0_49BB_1331_11EBL;
        return (int) (bits ^ (bits >>> 32));
    }

    /** {@code 192.0.2.1:5} or {@code [2001:db8::1]:5}. */
    @Override
    public String toString() {
        return switch (family) {
            case IPV4 -> ip() + ":" + port;
            case IPV6 -> "[" + ip() + "]:" + port;
        };
    }
}
