package dev.parley.turn.loop;

import dev.parley.ice.address.AddressFamily;
import dev.parley.ice.address.IpAddress;
import dev.parley.ice.address.TransportAddress;

/**
 * How addresses of strangers look in the log.
 *
 * @param whole as they are, or else only their network: the IPv4 /24 or the IPv6 /48
 */
record ShownAddresses(boolean whole) {
    String show(TransportAddress address) {
        if (whole) {
            return address.toString();
        }
        return switch (address.family()) {
            case IPV4 -> new IpAddress(AddressFamily.IPV4, 0, address.low() & ~0xFFL) + "/24";
            case IPV6 -> new IpAddress(AddressFamily.IPV6, address.high() & ~0xFFFFL, 0) + "/48";
        };
    }
}
