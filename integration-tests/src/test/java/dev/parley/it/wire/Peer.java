package dev.parley.it.wire;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** A UDP socket in the role of a peer: it hears everything that is sent to it. */
public final class Peer implements AutoCloseable {
    private static final int LARGEST_DATAGRAM = 65_535;

    private final DatagramSocket socket;

    public Peer(InetAddress address) {
        try {
            socket = new DatagramSocket(new InetSocketAddress(address, 0));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What was received, and from where. */
    public record Heard(InetSocketAddress from, String payload) {}

    public InetSocketAddress address() {
        return (InetSocketAddress) socket.getLocalSocketAddress();
    }

    public void send(InetSocketAddress to, byte[] payload) {
        try {
            socket.send(new DatagramPacket(payload, payload.length, to));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The next datagram, with one character for each byte; null when there was none in this time. */
    public @Nullable Heard receive(Duration patience) {
        var packet = new DatagramPacket(new byte[LARGEST_DATAGRAM], LARGEST_DATAGRAM);
        try {
            socket.setSoTimeout((int) Math.max(1, patience.toMillis()));
            socket.receive(packet);
            byte[] payload = Arrays.copyOf(packet.getData(), packet.getLength());
            return new Heard(
                    (InetSocketAddress) packet.getSocketAddress(), new String(payload, StandardCharsets.ISO_8859_1));
        } catch (SocketTimeoutException silence) {
            return null;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        socket.close();
    }
}
