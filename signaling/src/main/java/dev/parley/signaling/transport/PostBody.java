package dev.parley.signaling.transport;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.HttpRequest;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** The body of one request as it arrives, which grows with what has come and not with what was announced. */
final class PostBody {
    private static final int FIRST_BYTES = 512;

    private final HttpRequest request;
    private final int maxBytes;
    private final ByteBuf bytes;

    PostBody(HttpRequest request, int maxBytes) {
        this.request = request;
        this.maxBytes = maxBytes;
        this.bytes = Unpooled.buffer(Math.min(FIRST_BYTES, maxBytes), maxBytes);
    }

    HttpRequest request() {
        return request;
    }

    /** Copies what came, which stays the caller's; false if it is too much. */
    boolean add(ByteBuf part) {
        if (bytes.readableBytes() + part.readableBytes() > maxBytes) {
            return false;
        }
        bytes.writeBytes(part, part.readerIndex(), part.readableBytes());
        return true;
    }

    /** The whole, which is released; null if it is not UTF-8. */
    @Nullable
    String takeText() {
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(bytes.nioBuffer()).toString();
        } catch (CharacterCodingException notUtf8) {
            return null;
        } finally {
            release();
        }
    }

    void release() {
        bytes.release();
    }
}
