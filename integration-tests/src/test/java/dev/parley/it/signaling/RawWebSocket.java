package dev.parley.it.signaling;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.regex.Pattern;

/** A WebSocket client of our own, which may also send what no proper client would. Blocking. */
final class RawWebSocket implements AutoCloseable {
    private static final Duration READ_TIMEOUT = Duration.ofSeconds(20);
    private static final int MASK = 0x37;

    private final Socket socket;
    /** What every message begins with, up to the word of its type. */
    private static final Pattern TYPE = Pattern.compile("^\\{(\"seq\":\\d+,)?\"type\":\"");

    private final OutputStream out;
    private final DataInputStream in;

    /** A frame of the server. */
    record Frame(int opcode, String text) {}

    RawWebSocket(InetSocketAddress server) throws IOException {
        this(server, 0);
    }

    /** With a small receive buffer, unless it is 0. */
    RawWebSocket(InetSocketAddress server, int receiveBufferBytes) throws IOException {
        socket = new Socket();
        if (receiveBufferBytes > 0) {
            socket.setReceiveBufferSize(receiveBufferBytes);
        }
        socket.setTcpNoDelay(true);
        socket.setSoTimeout(Math.toIntExact(READ_TIMEOUT.toMillis()));
        socket.connect(server);
        out = socket.getOutputStream();
        in = new DataInputStream(new BufferedInputStream(socket.getInputStream()));
        sendBytes(String.join(
                        "\r\n",
                        "GET /ws HTTP/1.1",
                        "Host: " + server.getHostString() + ":" + server.getPort(),
                        "Upgrade: websocket",
                        "Connection: Upgrade",
                        "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==",
                        "Sec-WebSocket-Version: 13",
                        "Sec-WebSocket-Protocol: parley.v1",
                        "\r\n")
                .getBytes(StandardCharsets.US_ASCII));
        String answer = readHead();
        if (!answer.startsWith("HTTP/1.1 101 ") || !answer.contains("s3pPLMBiTxaQ9kYGzzhZRbK+xOo=")) {
            throw new IOException("no upgrade: " + answer);
        }
        sendText("{\"type\":\"hello\"}");
    }

    private String readHead() throws IOException {
        StringBuilder head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            head.append((char) in.readUnsignedByte());
        }
        return head.toString();
    }

    void sendBytes(byte... bytes) throws IOException {
        out.write(bytes);
        out.flush();
    }

    void sendText(String text) throws IOException {
        sendFrame(0x81, text.getBytes(StandardCharsets.UTF_8));
    }

    void sendFrame(int firstByte, byte... payload) throws IOException {
        sendBytes(masked(firstByte, payload));
    }

    /** A client's frame as bytes. */
    static byte[] masked(int firstByte, byte... payload) {
        ByteBuffer frame = ByteBuffer.allocate(payload.length + 14).put((byte) firstByte);
        if (payload.length < 126) {
            frame.put((byte) (0x80 | payload.length));
        } else if (payload.length < 65_536) {
            frame.put((byte) (0x80 | 126)).putShort((short) payload.length);
        } else {
            frame.put((byte) (0x80 | 127)).putLong(payload.length);
        }
        frame.putInt(MASK << 24 | MASK << 16 | MASK << 8 | MASK);
        for (byte b : payload) {
            frame.put((byte) (b ^ MASK));
        }
        return Arrays.copyOf(frame.array(), frame.position());
    }

    /**
     * The next frame; pings are answered on the way. A close becomes the text {@code 1000 reason}, the bytes of a pong
     * become characters one by one.
     */
    Frame read() throws IOException {
        while (true) {
            int first = in.readUnsignedByte();
            int opcode = first & 0x0F;
            byte[] payload = in.readNBytes(readLength());
            if ((first & 0xF0) != 0x80) {
                throw new IOException("the server broke a message up, or set a reserved bit: " + first);
            }
            if (opcode == 9) {
                sendFrame(0x8A, payload);
            } else {
                var charset = opcode == 10 ? StandardCharsets.ISO_8859_1 : StandardCharsets.UTF_8;
                return new Frame(opcode, opcode == 8 ? closeText(payload) : new String(payload, charset));
            }
        }
    }

    /** The length of an unmasked frame, which has to be in the shortest form (RFC 6455 section 5.2). */
    private int readLength() throws IOException {
        int seven = in.readUnsignedByte();
        long length = switch (seven) {
            case 126 -> in.readUnsignedShort();
            case 127 -> in.readLong();
            default -> seven;
        };
        if (length < 126 ? seven != length : (length < 65_536) != (seven == 126)) {
            throw new IOException("masked, or a longer length field than needed: " + seven + " for " + length);
        }
        return Math.toIntExact(length);
    }

    private static String closeText(byte[] payload) {
        return payload.length < 2
                ? ""
                : ByteBuffer.wrap(payload).getChar() + 0 + " "
                        + new String(payload, 2, payload.length - 2, StandardCharsets.UTF_8);
    }

    /** The next text message of this type, skipping others. */
    String readUntil(String type) throws IOException {
        while (true) {
            Frame frame = read();
            if (frame.opcode() == 8) {
                throw new EOFException("closed with " + frame.text() + " while waiting for " + type);
            }
            if (TYPE.matcher(frame.text()).replaceFirst("").startsWith(type + "\"")) {
                return frame.text();
            }
        }
    }

    /** Sends no more; what the server sends can still be read. */
    void finish() throws IOException {
        socket.shutdownOutput();
    }

    /** Whether the server has closed the connection, after everything it sent; a reset if it had not read all. */
    boolean isAtEnd() throws IOException {
        try {
            return in.read() < 0;
        } catch (SocketException reset) {
            return true;
        }
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
