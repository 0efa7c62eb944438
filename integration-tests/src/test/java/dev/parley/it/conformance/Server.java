package dev.parley.it.conformance;

import dev.parley.it.fixture.ParleyProcess;
import dev.parley.it.wire.Login;
import dev.parley.it.wire.Transport;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * The server under test: one that system properties name, or a Parley that is started here. The properties are
 * {@code conformance.server}, {@code .tcp}, {@code .tls} and {@code .dtls} (each host:port; the first for UDP),
 * {@code conformance.secret} or {@code .user} and {@code .password}, {@code conformance.peer} (a local address that
 * the server can reach and relay to), {@code conformance.peer6} and {@code conformance.quota}.
 */
final class Server implements AutoCloseable {
    /** Allocations of one user that Parley allows by default. */
    private static final int DEFAULT_QUOTA = 12;

    private static final AtomicInteger SOURCES = new AtomicInteger();

    private final Map<Transport, InetSocketAddress> addresses = new EnumMap<>(Transport.class);
    private final @Nullable ParleyProcess parley;

    private Server(@Nullable ParleyProcess parley) {
        this.parley = parley;
    }

    /** The server that the properties name, or a fresh Parley. */
    static Server start() {
        return property("server") == null ? ParleyUnderTest.start() : named();
    }

    private static Server named() {
        var server = new Server(null);
        server.add(Transport.UDP, property("server"));
        server.add(Transport.TCP, property("tcp"));
        server.add(Transport.TLS, property("tls"));
        server.add(Transport.DTLS, property("dtls"));
        return server;
    }

    static Server of(ParleyProcess parley, Map<Transport, InetSocketAddress> addresses) {
        var server = new Server(parley);
        server.addresses.putAll(addresses);
        return server;
    }

    private void add(Transport transport, @Nullable String hostAndPort) {
        if (hostAndPort != null) {
            int colon = hostAndPort.lastIndexOf(':');
            addresses.put(
                    transport,
                    new InetSocketAddress(
                            address(hostAndPort.substring(0, colon)),
                            Integer.parseInt(hostAndPort.substring(colon + 1))));
        }
    }

    boolean isParley() {
        return parley != null;
    }

    /** Null when the server does not serve this transport, as far as is known. */
    @Nullable
    InetSocketAddress find(Transport transport) {
        return addresses.get(transport);
    }

    /** Where a client's socket shall be bound: on loopback an address of its own, so that nobody shares its budget. */
    InetSocketAddress freshSource(InetSocketAddress server) {
        if (!server.getAddress().isLoopbackAddress() || server.getAddress().getAddress().length != 4) {
            return new InetSocketAddress(0);
        }
        int number = SOURCES.incrementAndGet();
        return new InetSocketAddress(address("127.7." + ((number >> 8) & 0xFF) + "." + (number & 0xFF)), 0);
    }

    /** A user of this name where the server can be made to know it, else the one user there is. */
    Login login(String name) {
        String user = property("user");
        if (user != null) {
            return new Login(user, required("password"));
        }
        return Login.timeLimited(name, parley != null ? ParleyProcess.SECRET : required("secret"));
    }

    /** A user whom the server can find by the hash of the name, which it cannot for a name made from a secret. */
    Login hashableLogin() {
        return parley != null ? ParleyUnderTest.KNOWN_USER : login("hidden");
    }

    /** True when {@link #login} answers different users for different names. */
    boolean hasManyUsers() {
        return property("user") == null;
    }

    /** A local address to which the server relays. */
    InetAddress peerAddress() {
        String peer = property("peer");
        return address(peer == null ? "127.0.0.1" : peer);
    }

    /** Another one; null when there is none. */
    @Nullable
    InetAddress otherPeerAddress() {
        return peerAddress().isLoopbackAddress() ? address("127.0.0.2") : null;
    }

    /** A local IPv6 address to which the server relays; null when there is none. */
    @Nullable
    InetAddress peerAddress6() {
        String peer = property("peer6");
        return peer != null ? address(peer) : parley != null ? address("::1") : null;
    }

    /** Allocations that one user may have; 0 when unknown. */
    int quota() {
        String quota = property("quota");
        return quota != null ? Integer.parseInt(quota) : parley != null ? DEFAULT_QUOTA : 0;
    }

    @Override
    public void close() {
        if (parley != null) {
            parley.close();
        }
    }

    private static @Nullable String property(String name) {
        return System.getProperty("conformance." + name);
    }

    private static String required(String name) {
        String value = property(name);
        if (value == null) {
            throw new IllegalArgumentException("conformance." + name + " is missing");
        }
        return value;
    }

    private static InetAddress address(String text) {
        try {
            return InetAddress.getByName(text);
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException("no address: " + text, e);
        }
    }
}
