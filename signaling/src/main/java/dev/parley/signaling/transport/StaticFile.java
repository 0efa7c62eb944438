package dev.parley.signaling.transport;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;

/** A file of the page, in memory. */
final class StaticFile {
    private static final int ETAG_BYTES = 18;

    private final String contentType;
    private final String etag;
    private final byte[] bytes;

    StaticFile(String contentType, byte[] bytes) {
        this.contentType = contentType;
        this.etag = etagOf(bytes);
        this.bytes = bytes;
    }

    private static String etagOf(byte[] bytes) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(bytes);
            byte[] start = Arrays.copyOf(digest, ETAG_BYTES);
            return '"' + Base64.getUrlEncoder().encodeToString(start) + '"';
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java platform has SHA-256", impossible);
        }
    }

    String contentType() {
        return contentType;
    }

    /** With its quotes, as in the header. */
    String etag() {
        return etag;
    }

    int length() {
        return bytes.length;
    }

    /** A view of the content; costs nothing. */
    ByteBuf content() {
        return Unpooled.wrappedBuffer(bytes).asReadOnly();
    }
}
