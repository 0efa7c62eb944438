package dev.parley.server;

import dev.parley.ice.address.AddressFamily;
import dev.parley.ice.address.IpAddress;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramSocket;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.InterfaceAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What this host's own addresses are.
 *
 * @param all every address of an interface that is up, link-local ones included
 * @param broadcasts the directed broadcast addresses of all interfaces
 * @param defaultIpv4 the address that packets to the rest of the world leave from, or null without a route
 * @param defaultIpv6 likewise
 */
public record HostAddresses(
        List<Local> all,
        Set<IpAddress> broadcasts,
        @Nullable IpAddress defaultIpv4,
        @Nullable IpAddress defaultIpv6) {
    // Documentation addresses (RFC 5737, RFC 3849): connecting a UDP socket sends nothing, and these are nobody's.
    private static final String SOMEWHERE_IPV4 = "192.0.2.1";
    private static final String SOMEWHERE_IPV6 = "2001:db8::1";
    private static final int DISCARD_PORT = 9;

    public HostAddresses {
        all = List.copyOf(all);
        broadcasts = Set.copyOf(broadcasts);
    }

    /** One address of one interface. */
    public record Local(IpAddress address, String interfaceName, AddressReach reach) {}

    /** Asks the operating system. */
    public static HostAddresses ofThisHost() throws StartException {
        List<Local> found = new ArrayList<>();
        Set<IpAddress> broadcasts = new HashSet<>();
        try {
            for (NetworkInterface networkInterface :
                    NetworkInterface.networkInterfaces().toList()) {
                if (networkInterface.isUp()) {
                    for (InterfaceAddress address : networkInterface.getInterfaceAddresses()) {
                        found.add(local(address.getAddress(), networkInterface.getName()));
                        InetAddress broadcast = address.getBroadcast();
                        if (broadcast != null) {
                            broadcasts.add(IpAddress.ofInetAddress(broadcast));
                        }
                    }
                }
            }
        } catch (SocketException e) {
            throw new StartException("cannot list the addresses of this host: " + e.getMessage(), e);
        }
        return new HostAddresses(found, broadcasts, routeTo(SOMEWHERE_IPV4), routeTo(SOMEWHERE_IPV6));
    }

    /** The addresses a socket can be bound to without naming an interface. */
    public List<IpAddress> bindable() {
        return all.stream()
                .filter(local -> local.reach() != AddressReach.LINK)
                .map(Local::address)
                .distinct()
                .toList();
    }

    /** Whether the address is one of this host's. */
    public boolean isOwn(IpAddress address) {
        return all.stream().anyMatch(local -> local.address().equals(address));
    }

    /** The address the default route uses, or null. */
    public @Nullable IpAddress defaultOf(AddressFamily family) {
        return family == AddressFamily.IPV4 ? defaultIpv4 : defaultIpv6;
    }

    private static Local local(InetAddress address, String interfaceName) {
        // The scope of a link-local address is dropped: it names an interface, not a place.
        IpAddress ip = IpAddress.ofBytes(address.getAddress());
        return new Local(ip, interfaceName, AddressReach.of(ip));
    }

    private static @Nullable IpAddress routeTo(String somewhere) {
        InetAddress target = IpAddress.parse(somewhere).toInetAddress();
        try (DatagramSocket socket = new DatagramSocket(null)) {
            socket.connect(new InetSocketAddress(target, DISCARD_PORT));
            InetAddress local = socket.getLocalAddress();
            boolean isUsable = !local.isAnyLocalAddress()
                    && !local.isLinkLocalAddress()
                    && local instanceof Inet6Address == target instanceof Inet6Address;
            return isUsable ? IpAddress.ofBytes(local.getAddress()) : null;
        } catch (IOException | UncheckedIOException e) {
            return null; // no route
        }
    }
}
