package dev.parley.ice.stun.attribute;

import dev.parley.ice.address.AddressFamily;
import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/**
 * ADDRESS-ERROR-CODE: why one of two families was not allocated (RFC 8656 section 18.12).
 *
 * <p>As ERROR-CODE, with the family in the first of the reserved bytes.
 *
 * @param family the family that was refused
 * @param code 300 to 699; 440 or 508 make sense
 * @param reason for people only
 */
public record AddressErrorCode(AddressFamily family, int code, String reason) implements Attribute {
    public static final int TYPE = 0x8001;

    public AddressErrorCode {
        NumberRange.require(code, 300, 699);
        TextFormat.requireAtMost(reason, TextFormat.PHRASE_BYTES);
    }

    @Override
    public int type() {
        return TYPE;
    }

    static @Nullable AddressErrorCode read(ByteBuf message, int offset, int length) {
        if (length < Integer.BYTES) {
            return null;
        }
        AddressFamily family = AddressFormat.findFamily(message.getUnsignedByte(offset));
        int code = ErrorCode.codeOf(message.getUnsignedShort(offset + 2));
        String reason = TextFormat.read(message, offset + 4, length - 4, TextFormat.PHRASE_BYTES);
        return family == null || code < 0 || reason == null ? null : new AddressErrorCode(family, code, reason);
    }

    @Override
    public void writeValue(ByteBuf target, int messageStart) {
        target.writeByte(family.stunCode()).writeByte(0).writeShort(ErrorCode.classAndNumber(code));
        TextFormat.write(reason, target);
    }
}
