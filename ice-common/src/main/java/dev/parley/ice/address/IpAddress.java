package dev.parley.ice.address;

import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;

/**
 * An IP address as a value: no arrays, no DNS, cheap equality and hash.
 *
 * @param family IPv4 or IPv6; an IPv4-mapped IPv6 address stays IPv6 here
 * @param high the first 64 bits of an IPv6 address, 0 for IPv4
 * @param low the last 64 bits of an IPv6 address, or the 32 bits of an IPv4 address
 */
public record IpAddress(AddressFamily family, long high, long low) implements Comparable<IpAddress> {

    public IpAddress {
        if (family == AddressFamily.IPV4 && (high != 0 || low >>> 32 != 0)) {
            throw new IllegalArgumentException("an IPv4 address has 32 bits");
        }
    }

    public static IpAddress ofIpv4(int bits) {
        return new IpAddress(AddressFamily.IPV4, 0, Integer.toUnsignedLong(bits));
    }

    public static IpAddress ofIpv6(long high, long low) {
        return new IpAddress(AddressFamily.IPV6, high, low);
    }

    /** The address in network byte order, 4 or 16 bytes. */
    public static IpAddress ofBytes(byte[] bytes) {
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        return switch (bytes.length) {
            case 4 -> ofIpv4(buffer.getInt());
            case 16 -> ofIpv6(buffer.getLong(), buffer.getLong());
            default -> throw new IllegalArgumentException("an IP address has 4 or 16 bytes, not " + bytes.length);
        };
    }

    public static IpAddress ofInetAddress(InetAddress address) {
        return ofBytes(address.getAddress());
    }

    /**
     * Reads a literal such as {@code 192.0.2.1} or {@code 2001:db8::1}; names are never looked up.
     *
     * @throws IllegalArgumentException if the text is no literal
     */
    public static IpAddress parse(String text) {
        return IpLiteral.parse(text);
    }

    /** The address in network byte order, 4 or 16 bytes; a fresh array. */
    public byte[] bytes() {
        return switch (family) {
            case IPV4 -> ByteBuffer.allocate(4).putInt((int) low).array();
            case IPV6 -> ByteBuffer.allocate(16).putLong(high).putLong(low).array();
        };
    }

    /** As the JDK's type; an IPv4-mapped address stays an {@link Inet6Address}. */
    public InetAddress toInetAddress() {
        try {
            return switch (family) {
                case IPV4 -> (Inet4Address) InetAddress.getByAddress(bytes());
                case IPV6 -> Inet6Address.getByAddress(null, bytes(), -1);
            };
        } catch (UnknownHostException impossible) {
            throw new IllegalStateException("the length of an address fits its family", impossible);
        }
    }

    /** Whether this is IPv4 written as IPv6, {@code ::ffff:0:0/96} (RFC 4291 section 2.5.5.2). */
    public boolean isIpv4Mapped() {
        return family == AddressFamily.IPV6 && high == 0 && low >>> 32 == 0xFFFF;
    }

    /** The IPv4 address in the last 32 bits; it means something only for forms that carry one there. */
    public IpAddress lastIpv4() {
        return ofIpv4((int) low);
    }

    /** IPv4 before IPv6, then by number. Strangers choose these keys; an order keeps hash tables logarithmic. */
    @Override
    public int compareTo(IpAddress other) {
        int byFamily = family.compareTo(other.family);
        if (byFamily != 0) {
            return byFamily;
        }
        int byHigh = Long.compareUnsigned(high, other.high);
        return byHigh != 0 ? byHigh : Long.compareUnsigned(low, other.low);
    }

    /** The same in every run, unlike the hash of an enum, so that simulations can be replayed. */
    @Override
    public int hashCode() {
        return TransportAddress.mix(high, low, family.stunCode());
    }

    /** Dotted decimal, or the canonical IPv6 form of RFC 5952. */
    @Override
    public String toString() {
        return switch (family) {
            case IPV4 -> octet(24) + "." + octet(16) + "." + octet(8) + "." + octet(0);
            case IPV6 -> IpLiteral.formatIpv6(high, low);
        };
    }

    private long octet(int shift) {
        return (low >>> shift) & 0xFF;
    }
}
