package dev.parley.signaling.transport;

import dev.parley.signaling.core.HubLimit;
import dev.parley.signaling.core.HubLimits;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;

/**
 * Puts the frames of a text message together, as long as they stay within the caps. One for each connection; event
 * loop only.
 */
final class MessageAssembler {

    /** What a frame completed. */
    sealed interface Result {
        Incomplete INCOMPLETE = new Incomplete();
        TooBig TOO_BIG = new TooBig();
        NotUtf8 NOT_UTF8 = new NotUtf8();

        record Incomplete() implements Result {}

        record TooBig() implements Result {}

        record NotUtf8() implements Result {}

        record Complete(String text) implements Result {}
    }

    private final int maxBytes;
    private final int maxFrames;
    private final Utf8Check utf8 = new Utf8Check();
    private ByteBuf parts = Unpooled.EMPTY_BUFFER;
    private int frames;

    MessageAssembler(HubLimits limits) {
        this.maxBytes = limits.of(HubLimit.MESSAGE_BYTES);
        this.maxFrames = limits.of(HubLimit.MESSAGE_FRAMES);
    }

    /** Takes the next frame's content, which stays the caller's. */
    Result add(ByteBuf content, boolean last) {
        frames++;
        if (frames > maxFrames || parts.readableBytes() + content.readableBytes() > maxBytes) {
            release();
            return Result.TOO_BIG;
        }
        if (!utf8.accepts(content) || (last && !utf8.isWhole())) {
            release();
            return Result.NOT_UTF8;
        }
        if (last && frames == 1) {
            frames = 0;
            return new Result.Complete(content.toString(StandardCharsets.UTF_8));
        }
        if (frames == 1) {
            parts = Unpooled.buffer(content.readableBytes(), maxBytes);
        }
        parts.writeBytes(content, content.readerIndex(), content.readableBytes());
        if (!last) {
            return Result.INCOMPLETE;
        }
        Result complete = new Result.Complete(parts.toString(StandardCharsets.UTF_8));
        release();
        return complete;
    }

    /** What a message begun takes up at most. */
    int heldBytes() {
        return parts.capacity();
    }

    /** Forgets a message begun; for the end of the connection too. */
    void release() {
        parts.release();
        parts = Unpooled.EMPTY_BUFFER;
        frames = 0;
    }
}
