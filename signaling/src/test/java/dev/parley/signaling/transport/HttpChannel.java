package dev.parley.signaling.transport;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandler;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.util.concurrent.Ticker;
import java.io.ByteArrayOutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** A connection without a socket: takes the bytes a client sends, and reads what the server answered. */
final class HttpChannel extends EmbeddedChannel {
    private static final int MASK = 0x5A;

    HttpChannel(ChannelHandler initializer, Ticker ticker) {
        super(EmbeddedChannel.builder().ticker(ticker).handlers(initializer));
    }

    @Override
    protected SocketAddress remoteAddress0() {
        try {
            return new InetSocketAddress(InetAddress.getByAddress(new byte[] {(byte) 203, 0, 113, 7}), 50_000);
        } catch (UnknownHostException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    void sendAscii(String text) {
        writeInbound(Unpooled.copiedBuffer(text, StandardCharsets.ISO_8859_1));
    }

    /** A frame as a client sends it, masked. */
    void sendFrame(int firstByte, byte[] payload) {
        writeInbound(frame(firstByte, payload));
    }

    void sendText(String text) {
        sendFrame(0x81, text.getBytes(StandardCharsets.UTF_8));
    }

    static ByteBuf frame(int firstByte, byte[] payload) {
        ByteBuf frame = Unpooled.buffer().writeByte(firstByte);
        if (payload.length < 126) {
            frame.writeByte(0x80 | payload.length);
        } else if (payload.length < 65_536) {
            frame.writeByte(0x80 | 126).writeShort(payload.length);
        } else {
            frame.writeByte(0x80 | 127).writeLong(payload.length);
        }
        frame.writeInt(MASK << 24 | MASK << 16 | MASK << 8 | MASK);
        for (byte b : payload) {
            frame.writeByte(b ^ MASK);
        }
        return frame;
    }

    byte[] sent() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        for (ByteBuf part = readOutbound(); part != null; part = readOutbound()) {
            byte[] copy = new byte[part.readableBytes()];
            part.readBytes(copy);
            bytes.writeBytes(copy);
            part.release();
        }
        return bytes.toByteArray();
    }

    String sentAscii() {
        return new String(sent(), StandardCharsets.ISO_8859_1);
    }

    /**
     * The frames sent since the last call, as {@code text ...}, {@code ping}, {@code pong ...} or
     * {@code close 1000 ...}.
     */
    List<String> sentFrames() {
        List<String> frames = new ArrayList<>();
        byte[] bytes = sent();
        int at = 0;
        while (at < bytes.length) {
            int opcode = bytes[at] & 0x0F;
            int length = bytes[at + 1] & 0x7F;
            at += 2;
            if (length == 126) {
                length = (bytes[at] & 0xFF) << 8 | (bytes[at + 1] & 0xFF);
                at += 2;
            } else if (length == 127) {
                length = (bytes[at + 5] & 0xFF) << 16 | (bytes[at + 6] & 0xFF) << 8 | (bytes[at + 7] & 0xFF);
                at += 8;
            }
            frames.add(describe(opcode, Arrays.copyOfRange(bytes, at, at + length)));
            at += length;
        }
        return frames;
    }

    private static String describe(int opcode, byte[] payload) {
        String text = new String(payload, StandardCharsets.UTF_8);
        return switch (opcode) {
            case 1 -> text;
            case 8 ->
                payload.length < 2
                        ? "close"
                        : "close " + ((payload[0] & 0xFF) << 8 | (payload[1] & 0xFF)) + " "
                                + new String(payload, 2, payload.length - 2, StandardCharsets.UTF_8);
            case 9 -> "ping";
            case 10 -> "pong " + text;
            default -> "opcode " + opcode;
        };
    }
}
