package dev.parley.turn.dtls;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.net.InetSocketAddress;
import java.util.HexFormat;

/** DTLS datagrams made by hand. */
final class Datagrams {
    static final InetSocketAddress ALICE = new InetSocketAddress("192.0.2.1", 40_000);

    private static final byte[] NO_COOKIE = {};

    private Datagrams() {}

    static byte[] record(int type, int epoch, long sequence, byte[] fragment) {
        ByteBuf record = Unpooled.buffer();
        record.writeByte(type).writeShort(DtlsRecord.DTLS_1_2).writeShort(epoch);
        record.writeShort((int) (sequence >>> 32)).writeInt((int) sequence);
        record.writeShort(fragment.length).writeBytes(fragment);
        return ByteBufUtil.getBytes(record);
    }

    /** A fragment of a handshake message with its header, telling the truth or not. */
    static byte[] fragment(int type, int length, int sequence, int offset, int fragmentLength, int bytes) {
        ByteBuf fragment = Unpooled.buffer();
        fragment.writeByte(type).writeMedium(length).writeShort(sequence);
        fragment.writeMedium(offset).writeMedium(fragmentLength).writeZero(bytes);
        return ByteBufUtil.getBytes(fragment);
    }

    static byte[] hello() {
        return hello(NO_COOKIE, 0, 0);
    }

    /** A ClientHello of one cipher suite without extensions: 65 bytes and the cookie. */
    static byte[] hello(byte[] cookie, int messageSequence, int randomFill) {
        return hello(cookie, messageSequence, randomFill, new byte[0]);
    }

    /** The same with what a handshake needs: a group, a signature algorithm, secure renegotiation. */
    static byte[] helloWithExtensions(byte[] cookie, int messageSequence, int randomFill) {
        return hello(
                cookie,
                messageSequence,
                randomFill,
                hex("0015" + "000a000400020017" + "000d000400020403" + "ff01000100"));
    }

    private static byte[] hello(byte[] cookie, int messageSequence, int randomFill, byte[] extensions) {
        ByteBuf body = Unpooled.buffer();
        body.writeShort(DtlsRecord.DTLS_1_2);
        for (int i = 0; i < 32; i++) {
            body.writeByte(randomFill);
        }
        body.writeByte(0);
        body.writeByte(cookie.length).writeBytes(cookie);
        body.writeShort(2).writeShort(0xC02B);
        body.writeByte(1).writeByte(0);
        body.writeBytes(extensions);
        ByteBuf message = Unpooled.buffer();
        message.writeByte(HandshakeMessage.CLIENT_HELLO).writeMedium(body.readableBytes());
        message.writeShort(messageSequence).writeMedium(0).writeMedium(body.readableBytes());
        message.writeBytes(body);
        return record(DtlsRecord.HANDSHAKE, 0, messageSequence, ByteBufUtil.getBytes(message));
    }

    /** The cookie in a HelloVerifyRequest. */
    static byte[] cookieOf(byte[] helloVerifyRequest) {
        int at = DtlsRecord.HEADER_BYTES + HandshakeMessage.HEADER_BYTES + Short.BYTES;
        byte[] cookie = new byte[helloVerifyRequest[at]];
        System.arraycopy(helloVerifyRequest, at + 1, cookie, 0, cookie.length);
        return cookie;
    }

    static ByteBuf buffer(byte[] bytes) {
        return Unpooled.wrappedBuffer(bytes);
    }

    static byte[] hex(String text) {
        return HexFormat.of().parseHex(text);
    }

    /** One of many clients, each with an address or a port of its own. */
    static InetSocketAddress stranger(int number) {
        return new InetSocketAddress("198.51.100." + number / 50_000 % 256, 1024 + number % 50_000);
    }
}
