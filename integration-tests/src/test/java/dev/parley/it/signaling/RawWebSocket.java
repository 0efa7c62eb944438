package dev.parley.it.signaling;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
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
        sendBytes(Arrays.copyOf(frame.array(), frame.position()));
    }

    /** The next frame; pings are answered on the way. A close becomes the text {@code 1000 reason}. */
    Frame read() throws IOException {
        while (true) {
            int opcode = in.readUnsignedByte() & 0x0F;
            int length = in.readUnsignedByte();
            if (length == 126) {
                length = in.readUnsignedShort();
            } else if (length == 127) {
                length = Math.toIntExact(in.readLong());
            }
            byte[] payload = in.readNBytes(length);
            if (opcode == 9) {
                sendFrame(0x8A, payload);
            } else {
                String text = new String(payload, StandardCharsets.UTF_8);
                return new Frame(opcode, opcode == 8 ? closeText(payload) : text);
            }
        }
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

    /** Whether the server has closed the connection, after everything it sent. */
    boolean isAtEnd() throws IOException {
        return in.read() < 0;
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
