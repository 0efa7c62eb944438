package dev.parley.turn.tls;

import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * The application protocols in a ClientHello (RFC 7301 section 3.1, RFC 8446 section 4.1.2).
 *
 * <pre>
 *  version 2 | random 32 | session id 1+n | suites 2+n | compression 1+n | extensions 2+n
 *  extension: type 2 | length 2 | of ALPN: list length 2, then names of 1+n each
 * </pre>
 */
public final class OfferedProtocols {
    private static final int ALPN = 16;
    private static final int VERSION_AND_RANDOM_BYTES = 34;

    private OfferedProtocols() {}

    /**
     * Whether the client offers one of our protocols, or none at all. What cannot be read is left to the TLS library.
     *
     * @param clientHello its body, which is lent and not moved
     */
    public static boolean agree(ByteBuf clientHello, List<String> ours) {
        ByteBuf in = clientHello.slice();
        try {
            in.skipBytes(VERSION_AND_RANDOM_BYTES);
            in.skipBytes(in.readUnsignedByte());
            in.skipBytes(in.readUnsignedShort());
            in.skipBytes(in.readUnsignedByte());
            ByteBuf extensions = in.isReadable() ? in.readSlice(in.readUnsignedShort()) : in;
            while (extensions.isReadable()) {
                int type = extensions.readUnsignedShort();
                ByteBuf value = extensions.readSlice(extensions.readUnsignedShort());
                if (type == ALPN) {
                    return hasOneOf(value.readSlice(value.readUnsignedShort()), ours);
                }
            }
            return true;
        } catch (IndexOutOfBoundsException broken) {
            return true;
        }
    }

    private static boolean hasOneOf(ByteBuf names, List<String> ours) {
        boolean offers = false;
        while (names.isReadable()) {
            offers = true;
            int bytes = names.readUnsignedByte();
            if (ours.contains(
                    names.readCharSequence(bytes, StandardCharsets.ISO_8859_1).toString())) {
                return true;
            }
        }
        return !offers;
    }
}
