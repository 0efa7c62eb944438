package dev.parley.ice.stun.attribute;

import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/**
 * CHANGE-REQUEST: answer from another address, port or both (RFC 5780 section 7.2).
 */
public record ChangeRequest(boolean changeIp, boolean changePort) implements Attribute {
    public static final int TYPE = 0x0003;

    @Override
    public int type() {
        return TYPE;
    }

    private static final int CHANGE_IP = 0x04;
    private static final int CHANGE_PORT = 0x02;

    static @Nullable ChangeRequest read(ByteBuf message, int offset, int length) {
        if (length != Integer.BYTES) {
            return null;
        }
        int flags = message.getInt(offset);
        return new ChangeRequest((flags & CHANGE_IP) != 0, (flags & CHANGE_PORT) != 0);
    }

    @Override
    public void writeValue(ByteBuf target, int messageStart) {
        target.writeInt((changeIp ? CHANGE_IP : 0) | (changePort ? CHANGE_PORT : 0));
    }
}
