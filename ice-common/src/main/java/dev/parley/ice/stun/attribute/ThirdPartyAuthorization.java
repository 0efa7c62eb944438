package dev.parley.ice.stun.attribute;

import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/**
 * THIRD-PARTY-AUTHORIZATION: the name of the STUN server an access token is to be asked for (RFC 7635 section 6.1).
 */
public record ThirdPartyAuthorization(String serverName) implements Attribute {
    public static final int TYPE = 0x802E;

    public ThirdPartyAuthorization {
        TextFormat.requireAtMost(serverName, TextFormat.PHRASE_BYTES);
    }

    @Override
    public int type() {
        return TYPE;
    }

    static @Nullable ThirdPartyAuthorization read(ByteBuf message, int offset, int length) {
        String serverName = TextFormat.read(message, offset, length, TextFormat.PHRASE_BYTES);
        return serverName == null ? null : new ThirdPartyAuthorization(serverName);
    }

    @Override
    public void writeValue(ByteBuf target, int messageStart) {
        TextFormat.write(serverName, target);
    }
}
