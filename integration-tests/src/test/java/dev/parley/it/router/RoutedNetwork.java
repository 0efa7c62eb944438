package dev.parley.it.router;

import dev.parley.it.fixture.Namespaces;
import dev.parley.it.fixture.Namespaces.Namespace;
import java.util.List;

/**
 * A server between two routers, with IPv4 and IPv6 everywhere. The link behind the far router is narrow, so that it
 * fragments, or says that it may not.
 *
 * <pre>
 *   client 11.40.0.2 -- [near] -- 5.40.0.10 server 5.41.0.10 -- [far] --(MTU 1300)-- 11.41.0.2 peer
 *   2600:40:1::2 ------ [near] -- 2600:40::10 ... 2600:41::10 -- [far] ------------- 2600:41:1::2
 * </pre>
 *
 * Client and peer send with time to live of their own, so that a value in a capture tells whose it is.
 */
final class RoutedNetwork implements AutoCloseable {
    static final int CLIENT_TTL = 50;
    static final int PEER_TTL = 90;
    static final int SERVER_TTL = 64;
    static final int NARROW_MTU = 1300;

    private final Namespaces namespaces = new Namespaces();
    private final Namespace client = namespaces.open("client");
    private final Namespace near = namespaces.open("near");
    private final Namespace server = namespaces.open("server");
    private final Namespace far = namespaces.open("far");
    private final Namespace peer = namespaces.open("peer");

    /** The addresses of one family. */
    record Addresses(String client, String serverListener, String relay, String peer) {
        static final Addresses IPV4 = new Addresses("11.40.0.2", "5.40.0.10", "5.41.0.10", "11.41.0.2");
        static final Addresses IPV6 = new Addresses("2600:40:1::2", "2600:40::10", "2600:41::10", "2600:41:1::2");

        boolean isIpv4() {
            return client.contains(".");
        }
    }

    RoutedNetwork() {
        namespaces.connect(client, "wan", "11.40.0.2/24", near, "lan", "11.40.0.1/24");
        namespaces.connect(near, "wan", "5.40.0.1/24", server, "near", "5.40.0.10/24");
        namespaces.connect(server, "far", "5.41.0.10/24", far, "wan", "5.41.0.1/24");
        namespaces.connect(far, "lan", "11.41.0.1/24", peer, "wan", "11.41.0.2/24");
        ipv6(client, "wan", "2600:40:1::2/64");
        ipv6(near, "lan", "2600:40:1::1/64");
        ipv6(near, "wan", "2600:40::1/64");
        ipv6(server, "near", "2600:40::10/64");
        ipv6(server, "far", "2600:41::10/64");
        ipv6(far, "wan", "2600:41::1/64");
        ipv6(far, "lan", "2600:41:1::1/64");
        ipv6(peer, "wan", "2600:41:1::2/64");
        route(client, "default", "11.40.0.1", "2600:40:1::1");
        route(peer, "default", "11.41.0.1", "2600:41:1::1");
        server.run("ip", "route", "add", "11.40.0.0/24", "via", "5.40.0.1");
        server.run("ip", "route", "add", "11.41.0.0/24", "via", "5.41.0.1");
        server.run("ip", "-6", "route", "add", "2600:40:1::/64", "via", "2600:40::1");
        server.run("ip", "-6", "route", "add", "2600:41:1::/64", "via", "2600:41::1");
        for (Namespace router : List.of(near, far)) {
            router.run("sysctl", "-q", "-w", "net.ipv4.ip_forward=1", "net.ipv6.conf.all.forwarding=1");
            // As many errors as the test causes.
            router.run("sysctl", "-q", "-w", "net.ipv4.icmp_ratelimit=0", "net.ipv6.icmp.ratelimit=0");
        }
        peer.run("sysctl", "-q", "-w", "net.ipv4.icmp_ratelimit=0", "net.ipv6.icmp.ratelimit=0");
        far.run("ip", "link", "set", "lan", "mtu", Integer.toString(NARROW_MTU));
        peer.run("ip", "link", "set", "wan", "mtu", Integer.toString(NARROW_MTU));
        ttl(client, CLIENT_TTL);
        ttl(peer, PEER_TTL);
        ttl(server, SERVER_TTL);
    }

    private static void ipv6(Namespace namespace, String device, String address) {
        namespace.run("ip", "addr", "add", address, "dev", device, "nodad");
    }

    private static void route(Namespace namespace, String where, String router, String routerIpv6) {
        namespace.run("ip", "route", "add", where, "via", router);
        namespace.run("ip", "-6", "route", "add", where, "via", routerIpv6);
    }

    private static void ttl(Namespace namespace, int hops) {
        namespace.run("sysctl", "-q", "-w", "net.ipv4.ip_default_ttl=" + hops);
        for (String device : List.of("wan", "near", "far")) {
            String key = "net.ipv6.conf." + device + ".hop_limit";
            if (namespace.run("sysctl", "-e", key).contains("=")) {
                namespace.run("sysctl", "-q", "-w", key + "=" + hops);
            }
        }
    }

    /** From now on the client's packets come no farther than so many routers; the server counts as one. */
    void shortenClientReach(int hops) {
        ttl(client, hops);
    }

    Namespace client() {
        return client;
    }

    Namespace server() {
        return server;
    }

    Namespace peer() {
        return peer;
    }

    @Override
    public void close() {
        namespaces.close();
    }
}
