package dev.parley.it.ice4j;

import dev.parley.it.wire.Link;
import dev.parley.it.wire.Transport;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Carries the messages of a TURN client that speaks UDP over connections to the server, one for each of its ports.
 *
 * <p>ice4j needs it: whatever it sends over TCP has the two length bytes of RFC 4571 in front (its IceTcpSocketWrapper
 * and its MultiplexingSocket write them), which are no part of TURN, and its TURN client has no TLS at all.
 */
final class StreamBridge {
    private static final Duration A_WHILE = Duration.ofSeconds(1);
    private static final int LARGEST_DATAGRAM = 65_535;
    private static final int CHANNEL_DATA_BIT = 0x40;

    private final DatagramSocket socket;
    private final Transport transport;
    private final InetSocketAddress server;
    private final Map<SocketAddress, Link> linkByClient = new ConcurrentHashMap<>();

    private StreamBridge(DatagramSocket socket, Transport transport, InetSocketAddress server) {
        this.socket = socket;
        this.transport = transport;
        this.server = server;
    }

    /** Starts one on this address, with a port of its own; it lives as long as the process. */
    static InetSocketAddress start(InetAddress at, Transport transport, InetSocketAddress server) throws IOException {
        var socket = new DatagramSocket(new InetSocketAddress(at, 0));
        var bridge = new StreamBridge(socket, transport, server);
        Thread.ofPlatform().daemon().start(bridge::carryUp);
        return new InetSocketAddress(at, socket.getLocalPort());
    }

    private void carryUp() {
        var packet = new DatagramPacket(new byte[LARGEST_DATAGRAM], LARGEST_DATAGRAM);
        while (true) {
            try {
                packet.setLength(LARGEST_DATAGRAM);
                socket.receive(packet);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            Link link = linkByClient.computeIfAbsent(packet.getSocketAddress(), this::connect);
            link.send(padded(Arrays.copyOf(packet.getData(), packet.getLength())));
        }
    }

    private Link connect(SocketAddress client) {
        Link link = Link.open(transport, new InetSocketAddress(0), server);
        Thread.ofPlatform().daemon().start(() -> carryDown(link, client));
        return link;
    }

    private void carryDown(Link link, SocketAddress client) {
        while (!link.isEnded()) {
            byte[] heard = link.receive(A_WHILE);
            if (heard != null) {
                try {
                    socket.send(new DatagramPacket(heard, heard.length, client));
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            }
        }
    }

    /** ChannelData has to be padded on a connection (RFC 8656 section 12.5). */
    private static byte[] padded(byte[] message) {
        boolean isChannelData = message.length > 0 && (message[0] & 0xC0) == CHANNEL_DATA_BIT;
        return isChannelData ? Arrays.copyOf(message, (message.length + 3) & ~3) : message;
    }
}
