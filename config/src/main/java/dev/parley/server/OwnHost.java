package dev.parley.server;

import dev.parley.ice.address.IpAddress;
import dev.parley.ice.address.TransportAddress;
import dev.parley.turn.core.OwnAddresses;
import java.util.Set;

/**
 * What belongs to this host. Loopback and the unspecified addresses do whatever the interfaces say: the kernel
 * answers on every one of them.
 *
 * @param addresses of all interfaces, their broadcast addresses, and the advertised ones
 * @param ports on which this process listens, TCP and UDP alike
 */
record OwnHost(Set<IpAddress> addresses, Set<Integer> ports) implements OwnAddresses {
    private static final IpAddress ANY_IPV4 = IpAddress.parse("0.0.0.0");
    private static final IpAddress ANY_IPV6 = IpAddress.parse("::");

    OwnHost {
        addresses = Set.copyOf(addresses);
        ports = Set.copyOf(ports);
    }

    @Override
    public boolean isOwnHost(IpAddress address) {
        return addresses.contains(address)
                || address.equals(ANY_IPV4)
                || address.equals(ANY_IPV6)
                || AddressReach.isLoopback(address);
    }

    @Override
    public boolean isOwnListener(TransportAddress address) {
        return ports.contains(address.port()) && isOwnHost(address.ip());
    }
}
