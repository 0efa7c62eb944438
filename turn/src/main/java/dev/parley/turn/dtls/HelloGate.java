package dev.parley.turn.dtls;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import javax.crypto.Mac;
import javax.crypto.SecretKey;
import org.jspecify.annotations.Nullable;

/**
 * Makes a client show that it receives what is sent to its address, before anything is kept for it (RFC 6347 section
 * 4.2.1). The cookie is a keyed hash over address and ClientHello, so the server need not remember having given it.
 * One per event loop.
 */
final class HelloGate {
    /** Bytes; 128 bits cannot be guessed, and the answer stays shorter than any ClientHello. */
    static final int COOKIE_BYTES = 16;

    /** Bytes of a HelloVerifyRequest, all headers included. */
    static final int REPLY_BYTES =
            DtlsRecord.HEADER_BYTES + HandshakeMessage.HEADER_BYTES + Short.BYTES + 1 + COOKIE_BYTES;

    private final CookieKeys keys;
    private final Mac mac;

    HelloGate(CookieKeys keys) {
        this.keys = keys;
        try {
            this.mac = Mac.getInstance("HmacSHA256");
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has HmacSHA256", e);
        }
    }

    /** Whether the client has answered a HelloVerifyRequest of this hour or the one before. */
    boolean isVerified(ClientHello hello, InetSocketAddress client, long nowNanos) {
        if (!hello.hasCookie()) {
            return false;
        }
        CookieKeys.Pair pair = keys.at(nowNanos);
        return hello.hasCookie(cookie(pair.current(), hello, client))
                || hello.hasCookie(cookie(pair.previous(), hello, client));
    }

    /**
     * The HelloVerifyRequest for this ClientHello, which the caller owns; null if it would be longer than the datagram
     * that asked for it, because then a forged sender would get more than was spent.
     */
    @Nullable
    ByteBuf challenge(
            ClientHello hello, int datagramBytes, InetSocketAddress client, long nowNanos, ByteBufAllocator alloc) {
        if (datagramBytes < REPLY_BYTES) {
            return null;
        }
        byte[] cookie = cookie(keys.at(nowNanos).current(), hello, client);
        int bodyBytes = Short.BYTES + 1 + COOKIE_BYTES;
        ByteBuf reply = alloc.directBuffer(REPLY_BYTES);
        reply.writeByte(DtlsRecord.HANDSHAKE);
        reply.writeShort(DtlsRecord.DTLS_1_0);
        reply.writeShort(0); // epoch
        reply.writeShort((int) (hello.recordSequence() >>> 32));
        reply.writeInt((int) hello.recordSequence());
        reply.writeShort(HandshakeMessage.HEADER_BYTES + bodyBytes);
        reply.writeByte(HandshakeMessage.HELLO_VERIFY_REQUEST);
        reply.writeMedium(bodyBytes);
        reply.writeShort(0); // message_seq
        reply.writeMedium(0);
        reply.writeMedium(bodyBytes);
        reply.writeShort(DtlsRecord.DTLS_1_0);
        reply.writeByte(COOKIE_BYTES);
        reply.writeBytes(cookie);
        return reply;
    }

    private byte[] cookie(SecretKey key, ClientHello hello, InetSocketAddress client) {
        try {
            mac.init(key);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("a key of our own is refused", e);
        }
        mac.update(client.getAddress().getAddress());
        mac.update(ByteBuffer.allocate(Integer.BYTES).putInt(client.getPort()).flip());
        hello.feed(mac);
        return Arrays.copyOf(mac.doFinal(), COOKIE_BYTES);
    }
}
