package dev.parley.ice.address;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Finds the IPv4 addresses that hide inside IPv6 addresses: a translator or tunnel on the way would unpack them, past
 * any IPv4 deny list. Immutable.
 */
public final class EmbeddedIpv4 {
    private static final long ISATAP_ID = 0x0000_5EFEL;
    private static final long ISATAP_GLOBAL_ID = 0x0200_5EFEL;
    private static final long NAT64_HIGH = 0x0064_FF9B_0000_0000L;
    private static final long NAT64_LOCAL_HIGH = 0x0064_FF9B_0001L;
    private static final long IPV4_MASK = 0xFFFF_FFFFL;

    private final CidrSet nat64Prefixes;

    /** @param nat64Prefixes the operator's own; RFC 6052 section 2.2 allows /32 /40 /48 /56 /64 /96 */
    public EmbeddedIpv4(Collection<Cidr> nat64Prefixes) {
        for (Cidr prefix : nat64Prefixes) {
            boolean known = switch (prefix.prefixLength()) {
                case 32, 40, 48, 56, 64, 96 -> prefix.network().family() == AddressFamily.IPV6;
                default -> false;
            };
            if (!known) {
                throw new IllegalArgumentException(
                        prefix + " is no NAT64 prefix: IPv6 with length 32, 40, 48, 56, 64 or 96 (RFC 6052)");
            }
        }
        this.nat64Prefixes = CidrSet.of(nat64Prefixes);
    }

    /** The form in which the address carries IPv4 addresses, or null if it is a plain address. */
    public @Nullable PeerAddressClass findForm(IpAddress address) {
        if (address.family() == AddressFamily.IPV4) {
            return null;
        }
        long high = address.high();
        long low = address.low();
        if (high == 0 && low >>> 32 == 0 && low > 1) { // :: and ::1 are plain addresses
            return PeerAddressClass.IPV4_COMPATIBLE;
        }
        if (address.isIpv4Mapped()) {
            return PeerAddressClass.IPV4_MAPPED;
        }
        if (high == 0 && low >>> 32 == 0xFFFF_0000L) {
            return PeerAddressClass.IPV4_TRANSLATED;
        }
        if (high == NAT64_HIGH && low >>> 32 == 0) {
            return PeerAddressClass.NAT64_WELL_KNOWN;
        }
        if (high >>> 16 == NAT64_LOCAL_HIGH) {
            return PeerAddressClass.NAT64_LOCAL_USE;
        }
        if (high >>> 48 == 0x2002) {
            return PeerAddressClass.SIX_TO_FOUR;
        }
        if (high >>> 32 == 0x2001_0000L) {
            return PeerAddressClass.TEREDO;
        }
        if (low >>> 32 == ISATAP_ID || low >>> 32 == ISATAP_GLOBAL_ID) {
            return PeerAddressClass.ISATAP;
        }
        return nat64Prefixes.contains(address) ? PeerAddressClass.NAT64_OPERATOR : null;
    }

    /** Every IPv4 address the form could carry, for logs and tests; empty for a plain address. */
    public List<IpAddress> inside(IpAddress address) {
        PeerAddressClass form = findForm(address);
        if (form == null) {
            return List.of();
        }
        long high = address.high();
        return switch (form) {
            case SIX_TO_FOUR -> List.of(IpAddress.ofIpv4((int) (high >>> 16)));
            case TEREDO -> List.of(IpAddress.ofIpv4((int) high), IpAddress.ofIpv4((int) ~address.low()));
            case NAT64_LOCAL_USE -> localUse(address);
            case NAT64_OPERATOR -> operator(address);
            default -> List.of(address.lastIpv4());
        };
    }

    /** RFC 8215 leaves open which part of the /48 is the prefix, so each layout that fits is read. */
    private static List<IpAddress> localUse(IpAddress address) {
        List<IpAddress> found = new ArrayList<>();
        for (int prefixLength : new int[] {48, 56, 64, 96}) {
            found.add(translated(address, prefixLength));
        }
        return List.copyOf(found);
    }

    private List<IpAddress> operator(IpAddress address) {
        Cidr prefix = nat64Prefixes.findLongest(address);
        return prefix == null ? List.of() : List.of(translated(address, prefix.prefixLength()));
    }

    /**
     * The IPv4 address behind a prefix, which skips bits 64 to 71 (RFC 6052 section 2.2).
     *
     * <pre>
     *    PL  0-------------32--40--48--56--64--72--80--88--96--104---------|
     *    32  |     prefix    |v4(32)         | u | suffix                   |
     *    40  |     prefix        |v4(24)     | u |(8)| suffix               |
     *    48  |     prefix            |v4(16) | u | (16)  | suffix           |
     *    56  |     prefix                |(8)| u |  v4(24)   | suffix       |
     *    64  |     prefix                    | u |   v4(32)      | suffix   |
     *    96  |     prefix                                    |    v4(32)    |
     * </pre>
     */
    private static IpAddress translated(IpAddress address, int prefixLength) {
        if (prefixLength == 96) {
            return address.lastIpv4();
        }
        int before = 64 - prefixLength; // how many of the 32 bits stand before the skipped byte
        long head = before == 0 ? 0 : (address.high() << prefixLength) >>> 32;
        long tail = before == 32 ? 0 : (address.low() << 8) >>> (32 + before);
        return IpAddress.ofIpv4((int) ((head | tail) & IPV4_MASK));
    }
}
