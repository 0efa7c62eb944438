package dev.parley.it.wire;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Arrays;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;

/** A connection on which STUN messages and padded ChannelData follow each other, with or without TLS. */
public final class StreamLink implements Link {
    private static final Duration CONNECT = Duration.ofSeconds(5);
    private static final int BUFFER_BYTES = 1 << 18;

    private final Socket socket;
    private final ByteBuffer heard = ByteBuffer.allocate(BUFFER_BYTES);
    private boolean ended;

    private StreamLink(Socket socket) {
        this.socket = socket;
    }

    /** Connects without TLS. */
    public static StreamLink plain(InetSocketAddress local, InetSocketAddress server) {
        return new StreamLink(connect(local, server));
    }

    /** Connects with TLS, trusting whatever certificate the server shows. */
    public static StreamLink secured(InetSocketAddress local, InetSocketAddress server) {
        Socket plain = connect(local, server);
        try {
            var secured = (SSLSocket) TrustingTls.context()
                    .getSocketFactory()
                    .createSocket(plain, server.getHostString(), server.getPort(), true);
            secured.startHandshake();
            return new StreamLink(secured);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Socket connect(InetSocketAddress local, InetSocketAddress server) {
        try {
            var socket = new Socket();
            socket.setTcpNoDelay(true);
            socket.bind(local);
            socket.connect(server, (int) CONNECT.toMillis());
            socket.setSoTimeout((int) CONNECT.toMillis());
            return socket;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void send(byte[] bytes) {
        try {
            socket.getOutputStream().write(bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public byte @Nullable [] receive(Duration patience) {
        long deadline = System.nanoTime() + patience.toNanos();
        while (true) {
            byte[] frame = takeFrame();
            if (frame != null) {
                return frame;
            }
            long leftMillis = (deadline - System.nanoTime()) / 1_000_000;
            if (leftMillis <= 0 || !readMore((int) leftMillis)) {
                return null;
            }
        }
    }

    /** Every byte until the other side ends the connection or this time is over. */
    public byte[] receiveAll(Duration patience) {
        long deadline = System.nanoTime() + patience.toNanos();
        long leftMillis = patience.toMillis();
        while (leftMillis > 0 && readMore((int) leftMillis)) {
            leftMillis = (deadline - System.nanoTime()) / 1_000_000;
        }
        byte[] all = new byte[heard.flip().remaining()];
        heard.get(all).clear();
        return all;
    }

    private boolean readMore(int patienceMillis) {
        try {
            socket.setSoTimeout(Math.max(1, patienceMillis));
            InputStream in = socket.getInputStream();
            int count = in.read(heard.array(), heard.position(), heard.remaining());
            ended |= count < 0;
            heard.position(heard.position() + Math.max(0, count));
            return count >= 0;
        } catch (SocketTimeoutException silence) {
            return false;
        } catch (IOException reset) {
            ended = true;
            return false;
        }
    }

    /** A STUN message, or ChannelData with its padding. */
    private byte @Nullable [] takeFrame() {
        if (heard.position() < 4) {
            return null;
        }
        int length = Short.toUnsignedInt(heard.getShort(2));
        int frameBytes = (heard.get(0) & 0xC0) == 0 ? Wire.HEADER_BYTES + length : 4 + ((length + 3) & ~3);
        if (heard.position() < frameBytes) {
            return null;
        }
        byte[] frame = Arrays.copyOf(heard.array(), frameBytes);
        heard.flip().position(frameBytes).compact();
        return frame;
    }

    public Socket socket() {
        return socket;
    }

    @Override
    public InetSocketAddress local() {
        return (InetSocketAddress) socket.getLocalSocketAddress();
    }

    @Override
    public boolean isEnded() {
        return ended;
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
