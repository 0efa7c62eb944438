package dev.parley.ice.address;

/**
 * A range of addresses with a common prefix, such as {@code 10.0.0.0/8}.
 *
 * @param network the first address of the range; bits behind the prefix are zero
 * @param prefixLength 0 to 32 for IPv4, 0 to 128 for IPv6
 */
public record Cidr(IpAddress network, int prefixLength) {
    public Cidr {
        int bits = network.family().addressBits();
        if (prefixLength < 0 || prefixLength > bits) {
            throw new IllegalArgumentException(
                    network + "/" + prefixLength + ": the prefix length of " + network.family() + " is 0 to " + bits);
        }
        IpAddress first = first(network, prefixLength);
        if (!first.equals(network)) {
            throw new IllegalArgumentException(network + "/" + prefixLength
                    + " has bits set behind its prefix; did you mean " + first + "/" + prefixLength + "?");
        }
    }

    /**
     * Reads {@code 10.0.0.0/8} or {@code 2001:db8::/32}; an address alone is the range of just that address.
     *
     * @throws IllegalArgumentException with a text for whoever wrote the configuration
     */
    public static Cidr parse(String text) {
        int slash = text.indexOf('/');
        IpAddress network = IpAddress.parse(slash < 0 ? text : text.substring(0, slash));
        if (slash < 0) {
            return new Cidr(network, network.family().addressBits());
        }
        String length = text.substring(slash + 1);
        boolean plain =
                !length.isEmpty() && length.length() <= 3 && length.chars().allMatch(c -> c >= '0' && c <= '9');
        if (!plain) {
            throw new IllegalArgumentException("'" + text + "': the prefix length after '/' is not a number");
        }
        return new Cidr(network, Integer.parseInt(length));
    }

    /** The range of exactly this address. */
    public static Cidr of(IpAddress only) {
        return new Cidr(only, only.family().addressBits());
    }

    public boolean contains(IpAddress address) {
        return address.family() == network.family()
                && (address.high() & highMask()) == network.high()
                && (address.low() & lowMask()) == network.low();
    }

    /** The last address of the range. */
    public IpAddress last() {
        long low = network.low() | ~lowMask();
        return switch (network.family()) {
            case IPV4 -> IpAddress.ofIpv4((int) low);
            case IPV6 -> IpAddress.ofIpv6(network.high() | ~highMask(), low);
        };
    }

    long highMask() {
        return highMask(bitsOf128(network, prefixLength));
    }

    long lowMask() {
        return lowMask(bitsOf128(network, prefixLength));
    }

    private static IpAddress first(IpAddress address, int prefixLength) {
        int bits = bitsOf128(address, prefixLength);
        return new IpAddress(address.family(), address.high() & highMask(bits), address.low() & lowMask(bits));
    }

    /** An IPv4 address sits in the last 32 of 128 bits, so its prefix starts behind 96 others. */
    private static int bitsOf128(IpAddress address, int prefixLength) {
        return address.family() == AddressFamily.IPV4 ? 96 + prefixLength : prefixLength;
    }

    private static long highMask(int bits) {
        return bits == 0 ? 0 : bits >= 64 ? -1L : -1L << (64 - bits);
    }

    private static long lowMask(int bits) {
        return bits <= 64 ? 0 : -1L << (128 - bits);
    }

    @Override
    public String toString() {
        return network + "/" + prefixLength;
    }
}
