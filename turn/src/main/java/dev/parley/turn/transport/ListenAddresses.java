package dev.parley.turn.transport;

import dev.parley.ice.address.IpAddress;
import dev.parley.ice.address.TransportAddress;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Replaces wildcard addresses by the host's own: a wildcard socket does not know which address a packet was sent to, so
 * its answer may leave from another one, and clients behind a NAT would never see it.
 */
final class ListenAddresses {
    private ListenAddresses() {}

    /** The addresses as given, each wildcard replaced by every address of its family, without repetitions. */
    static List<TransportAddress> withoutWildcards(List<TransportAddress> listen, List<IpAddress> local) {
        Set<TransportAddress> concrete = new LinkedHashSet<>();
        for (TransportAddress address : listen) {
            if (!isWildcard(address)) {
                concrete.add(address);
                continue;
            }
            for (IpAddress ip : local) {
                if (ip.family() == address.family()) {
                    concrete.add(TransportAddress.of(ip, address.port()));
                }
            }
        }
        return List.copyOf(concrete);
    }

    /** The addresses of all interfaces that are up, without IPv6 link-local ones, which mean nothing without a zone. */
    static List<IpAddress> ofThisHost() throws SocketException {
        List<IpAddress> addresses = new ArrayList<>();
        for (NetworkInterface network : NetworkInterface.networkInterfaces().toList()) {
            if (!network.isUp()) {
                continue;
            }
            for (InetAddress address : network.inetAddresses().toList()) {
                if (!address.isLinkLocalAddress() || address.getAddress().length == Integer.BYTES) {
                    addresses.add(IpAddress.ofInetAddress(address));
                }
            }
        }
        return addresses;
    }

    private static boolean isWildcard(TransportAddress address) {
        return address.high() == 0 && address.low() == 0;
    }
}
