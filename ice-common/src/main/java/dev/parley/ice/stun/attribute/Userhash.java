package dev.parley.ice.stun.attribute;

import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import org.jspecify.annotations.Nullable;

/**
 * USERHASH: stands for USERNAME without showing it (RFC 8489 section 14.4).
 *
 * @param hash SHA-256 of username, colon and realm
 */
public record Userhash(Bytes hash) implements Attribute {
    public static final int TYPE = 0x001E;
    public static final int LENGTH = 32;

    public Userhash {
        NumberRange.require(hash.length(), LENGTH, LENGTH);
    }

    @Override
    public int type() {
        return TYPE;
    }

    public static Userhash of(String username, String realm) {
        try {
            byte[] joined = (username + ':' + realm).getBytes(StandardCharsets.UTF_8);
            return new Userhash(Bytes.of(MessageDigest.getInstance("SHA-256").digest(joined)));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every JDK has SHA-256", impossible);
        }
    }

    static @Nullable Userhash read(ByteBuf message, int offset, int length) {
        return length == LENGTH ? new Userhash(Bytes.copyOf(message, offset, length)) : null;
    }

    @Override
    public void writeValue(ByteBuf target, int messageStart) {
        hash.writeTo(target);
    }
}
