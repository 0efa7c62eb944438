package dev.parley.turn.stream;

import dev.parley.ice.address.TransportAddress;
import dev.parley.turn.core.ClientTransport;
import dev.parley.turn.loop.ClientPackets;
import dev.parley.turn.loop.ClientPaths;
import dev.parley.turn.loop.ConnectionEnd;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelPipeline;
import java.net.InetSocketAddress;

/**
 * One listening TCP address on one event loop: the pipeline of each connection that it accepts. The connection, its
 * allocation and the relay socket stay on this loop.
 *
 * <pre>
 *  proxy       only from a configured hop: takes the PROXY header off, and then itself
 *  opening     the first byte: STUN makes it framing, TLS makes it tls + inside, all else closes
 *  tls         with TLS
 *  inside      with TLS: the first byte of the plain text, which makes it framing
 *  framing     bytes to messages
 *  connection  one message; deadlines; the way back
 * </pre>
 */
public final class StreamListener extends ChannelInitializer<Channel> {
    private final StreamParts parts;
    private final OfTransport tcp;
    private final OfTransport tls;

    /** What belongs to one of the two transports that meet on one port. */
    record OfTransport(ClientTransport transport, StreamClients clients, ClientPackets packets) {
        static OfTransport of(ClientTransport transport, int index, StreamParts parts) {
            int listener = transport.listener(index);
            ClientPackets packets =
                    new ClientPackets(parts.loop(), parts.upLink(), listener, parts.visitors(), parts.counters());
            return new OfTransport(transport, new StreamClients(listener), packets);
        }
    }

    /**
     * For one listening address.
     *
     * @param index of the address among those for streams, the same on every event loop
     * @param paths where the connections are found by their clients' addresses
     */
    public StreamListener(StreamParts parts, int index, ClientPaths paths) {
        this.parts = parts;
        tcp = OfTransport.of(ClientTransport.TCP, index, parts);
        tls = OfTransport.of(ClientTransport.TLS, index, parts);
        paths.add(tcp.clients.listener(), tcp.clients);
        paths.add(tls.clients.listener(), tls.clients);
    }

    StreamParts parts() {
        return parts;
    }

    OfTransport of(ClientTransport transport) {
        return transport == ClientTransport.TLS ? tls : tcp;
    }

    @Override
    protected void initChannel(Channel channel) {
        if (!parts.counts().tryEnter()) {
            parts.counters().connectionEnded(ConnectionEnd.TOO_MANY);
            channel.close();
            return;
        }
        TransportAddress remote = TransportAddress.ofInetSocketAddress((InetSocketAddress) channel.remoteAddress());
        StreamConnection connection = new StreamConnection(this, channel, remote);
        ChannelPipeline pipeline = channel.pipeline();
        boolean isHop = parts.proxies().contains(remote.ip());
        if (isHop) {
            pipeline.addLast("proxy", new ProxyProtocol(connection));
        }
        pipeline.addLast("opening", new StreamOpening(connection, ClientTransport.TCP, parts.tls()));
        pipeline.addLast("connection", connection);
        connection.accepted(isHop);
        parts.loop().endTurn();
    }
}
