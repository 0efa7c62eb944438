package dev.parley.it.wire;

import java.net.InetSocketAddress;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** One client side of a transport: whole messages in and out, which nobody has looked into. For one thread. */
public interface Link extends AutoCloseable {
    void send(byte[] bytes);

    /** The next message, or null when there was none in this time or the other side has ended the connection. */
    byte @Nullable [] receive(Duration patience);

    /** The address that the server should see. */
    InetSocketAddress local();

    /** True when the other side has ended the connection; never for datagrams. */
    boolean isEnded();

    @Override
    void close();

    /** Opens a link from a local address with a port of its choice. */
    static Link open(Transport transport, InetSocketAddress local, InetSocketAddress server) {
        return switch (transport) {
            case UDP -> new UdpLink(local, server);
            case TCP -> StreamLink.plain(local, server);
            case TLS -> StreamLink.secured(local, server);
            case DTLS -> new DtlsLink(new UdpLink(local, server));
        };
    }
}
