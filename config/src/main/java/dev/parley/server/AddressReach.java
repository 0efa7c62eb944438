package dev.parley.server;

import dev.parley.ice.address.Cidr;
import dev.parley.ice.address.CidrSet;
import dev.parley.ice.address.IpAddress;
import dev.parley.ice.address.PeerAddressPolicy;
import java.util.stream.Stream;

/** From how far an address of this host can be reached. */
public enum AddressReach {
    /** From this host only. */
    LOOPBACK,
    /** From the same link only; such addresses need an interface name and are not used. */
    LINK,
    /** From the same private network, or from nowhere: special-purpose addresses. */
    PRIVATE,
    /** From everywhere. */
    GLOBAL;

    private static final CidrSet LOOPBACKS = set("127.0.0.0/8", "::1/128");
    private static final CidrSet LINKS = set("169.254.0.0/16", "fe80::/10");
    /** Special-purpose addresses are what no stranger can be expected to reach. */
    private static final PeerAddressPolicy PUBLIC = PeerAddressPolicy.byDefault();

    /** The reach of an address. */
    public static AddressReach of(IpAddress address) {
        if (LOOPBACKS.contains(address)) {
            return LOOPBACK;
        }
        if (LINKS.contains(address)) {
            return LINK;
        }
        return PUBLIC.decide(address).allowed() ? GLOBAL : PRIVATE;
    }

    /** Whether the address is one of this host's loopback addresses. */
    static boolean isLoopback(IpAddress address) {
        return LOOPBACKS.contains(address);
    }

    private static CidrSet set(String... blocks) {
        return CidrSet.of(Stream.of(blocks).map(Cidr::parse).toList());
    }
}
