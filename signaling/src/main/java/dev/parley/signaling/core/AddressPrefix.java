package dev.parley.signaling.core;

import dev.parley.ice.address.AddressFamily;
import dev.parley.ice.address.IpAddress;

/**
 * Who counts as one address for limits: an IPv4 address, or an IPv6 /64, which is what one customer has.
 *
 * @param family of the address
 * @param bits the IPv4 address, or the first 64 bits of the IPv6 address
 */
public record AddressPrefix(AddressFamily family, long bits) implements Comparable<AddressPrefix> {
    private static final long MAPPED_MARK = 0xFFFFL;

    /** An IPv4-mapped IPv6 address counts as the IPv4 address in it, else all of IPv4 would be one /64. */
    public static AddressPrefix of(IpAddress address) {
        if (address.family() == AddressFamily.IPV4) {
            return new AddressPrefix(AddressFamily.IPV4, address.low());
        }
        boolean mapped = address.high() == 0 && address.low() >>> 32 == MAPPED_MARK;
        return mapped
                ? new AddressPrefix(AddressFamily.IPV4, address.low() & 0xFFFF_FFFFL)
                : new AddressPrefix(AddressFamily.IPV6, address.high());
    }

    @Override
    public int compareTo(AddressPrefix other) {
        int byFamily = family.compareTo(other.family);
        return byFamily != 0 ? byFamily : Long.compareUnsigned(bits, other.bits);
    }
}
