package dev.parley.it.wire;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** A UDP socket that talks to one server and hears only what comes from exactly the address it sends to. */
final class UdpLink implements Link {
    private static final int LARGEST_DATAGRAM = 65_535;

    private final DatagramSocket socket;
    private final InetSocketAddress server;
    private final byte[] buffer = new byte[LARGEST_DATAGRAM];

    UdpLink(InetSocketAddress local, InetSocketAddress server) {
        this.server = server;
        try {
            socket = new DatagramSocket(local);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void send(byte[] bytes) {
        try {
            socket.send(new DatagramPacket(bytes, bytes.length, server));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public byte @Nullable [] receive(Duration patience) {
        var packet = new DatagramPacket(buffer, buffer.length);
        try {
            socket.setSoTimeout((int) Math.max(1, patience.toMillis()));
            socket.receive(packet);
            if (!packet.getSocketAddress().equals(server)) {
                throw new AssertionError("an answer came from " + packet.getSocketAddress());
            }
            return Arrays.copyOf(buffer, packet.getLength());
        } catch (SocketTimeoutException silence) {
            return null;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public InetSocketAddress local() {
        return (InetSocketAddress) socket.getLocalSocketAddress();
    }

    @Override
    public boolean isEnded() {
        return false;
    }

    @Override
    public void close() {
        socket.close();
    }
}
