package dev.parley.turn.stream;

import dev.parley.ice.address.AddressFamily;
import dev.parley.ice.address.IpAddress;
import dev.parley.ice.address.TransportAddress;
import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * The header that a load balancer puts in front of a connection (PROXY protocol, versions 1 and 2).
 *
 * <pre>
 *  1:  PROXY TCP4 192.0.2.7 198.51.100.1 51234 3478 CR LF          at most 107 bytes
 *
 *  2:  0D 0A 0D 0A 00 0D 0A 51 55 49 54 0A  21  11  00 0C  source, destination, ports, more
 *      signature                            |   |   length
 *                                           |   family and protocol: 11 TCP4, 21 TCP6
 *                                           version 2; command 0 local, 1 proxied
 * </pre>
 */
sealed interface ProxyHeader {
    /** Bytes of version 2 after the first sixteen: addresses and what else a hop tells. */
    int LENGTH_MOST = 2048;

    /** Bytes of version 1, line end included. */
    int LINE_MOST = 107;

    /** The header ends here. */
    sealed interface Whole extends ProxyHeader {
        /** Bytes of the header. */
        int length();
    }

    /** The hop speaks for a client at this address. */
    record Proxied(TransportAddress source, int length) implements Whole {}

    /** The hop speaks for itself, as for a health check, or does not know whom it speaks for. */
    record Local(int length) implements Whole {}

    /** So far it may be a header. */
    record Incomplete() implements ProxyHeader {}

    /** No header. */
    record Malformed() implements ProxyHeader {}

    /** Reads the header at the reader index, which stays where it is. */
    static ProxyHeader read(ByteBuf bytes) {
        if (!bytes.isReadable()) {
            return new Incomplete();
        }
        return bytes.getByte(bytes.readerIndex()) == 'P' ? Version1.read(bytes) : Version2.read(bytes);
    }

    /** The header as a line of text. */
    final class Version1 {
        private static final byte[] START = "PROXY ".getBytes(StandardCharsets.US_ASCII);

        private Version1() {}

        static ProxyHeader read(ByteBuf bytes) {
            if (!startsWith(bytes, START)) {
                return new Malformed();
            }
            int start = bytes.readerIndex();
            int scanned = Math.min(bytes.readableBytes(), LINE_MOST);
            int end = bytes.indexOf(start, start + scanned, (byte) '\n');
            if (end < 0) {
                return scanned == LINE_MOST ? new Malformed() : new Incomplete();
            }
            if (end == start || bytes.getByte(end - 1) != '\r') {
                return new Malformed();
            }
            String line = bytes.toString(start, end - 1 - start, StandardCharsets.US_ASCII);
            return parse(line.split(" ", -1), end + 1 - start);
        }

        private static ProxyHeader parse(String[] words, int length) {
            if (words.length >= 2 && words[1].equals("UNKNOWN")) {
                return new Local(length);
            }
            AddressFamily family = words.length == 6 ? familyOf(words[1]) : null;
            if (family == null) {
                return new Malformed();
            }
            TransportAddress source = address(family, words[2], words[4]);
            TransportAddress destination = address(family, words[3], words[5]);
            return source == null || destination == null ? new Malformed() : new Proxied(source, length);
        }

        private static @Nullable AddressFamily familyOf(String word) {
            return switch (word) {
                case "TCP4" -> AddressFamily.IPV4;
                case "TCP6" -> AddressFamily.IPV6;
                default -> null;
            };
        }

        private static @Nullable TransportAddress address(AddressFamily family, String ip, String port) {
            if (!port.matches("0|[1-9][0-9]{0,4}") || Integer.parseInt(port) > 0xFFFF) {
                return null;
            }
            try {
                IpAddress address = IpAddress.parse(ip);
                return address.family() == family ? TransportAddress.of(address, Integer.parseInt(port)) : null;
            } catch (IllegalArgumentException notAnAddress) {
                return null;
            }
        }
    }

    /** The header in binary. */
    final class Version2 {
        private static final byte[] SIGNATURE = {13, 10, 13, 10, 0, 13, 10, 'Q', 'U', 'I', 'T', 10};
        private static final int HEADER = 16;
        private static final int LOCAL = 0x20;
        private static final int PROXY = 0x21;
        private static final int TCP4 = 0x11;
        private static final int TCP6 = 0x21;
        private static final int UNSPECIFIED = 0;
        private static final int ADDRESSES_4 = 12;
        private static final int ADDRESSES_6 = 36;

        private Version2() {}

        static ProxyHeader read(ByteBuf bytes) {
            int start = bytes.readerIndex();
            int readable = bytes.readableBytes();
            if (!startsWith(bytes, SIGNATURE)) {
                return new Malformed();
            }
            if (readable <= SIGNATURE.length) {
                return new Incomplete();
            }
            int command = bytes.getUnsignedByte(start + SIGNATURE.length);
            if (command != LOCAL && command != PROXY) {
                return new Malformed();
            }
            if (readable < HEADER) {
                return new Incomplete();
            }
            int length = bytes.getUnsignedShort(start + HEADER - Short.BYTES);
            if (length > LENGTH_MOST) {
                return new Malformed();
            }
            if (readable < HEADER + length) {
                return new Incomplete();
            }
            return command == LOCAL ? new Local(HEADER + length) : proxied(bytes, start, length);
        }

        private static ProxyHeader proxied(ByteBuf bytes, int start, int length) {
            int family = bytes.getUnsignedByte(start + SIGNATURE.length + 1);
            int source = start + HEADER;
            if (family == TCP4 && length >= ADDRESSES_4) {
                IpAddress ip = new IpAddress(AddressFamily.IPV4, 0, bytes.getUnsignedInt(source));
                return new Proxied(TransportAddress.of(ip, bytes.getUnsignedShort(source + 8)), HEADER + length);
            }
            if (family == TCP6 && length >= ADDRESSES_6) {
                IpAddress ip =
                        new IpAddress(AddressFamily.IPV6, bytes.getLong(source), bytes.getLong(source + Long.BYTES));
                return new Proxied(TransportAddress.of(ip, bytes.getUnsignedShort(source + 32)), HEADER + length);
            }
            return family == UNSPECIFIED ? new Local(HEADER + length) : new Malformed();
        }
    }

    /** Whether what is there is the beginning, or a beginning of it. */
    private static boolean startsWith(ByteBuf bytes, byte[] beginning) {
        int length = Math.min(beginning.length, bytes.readableBytes());
        for (int i = 0; i < length; i++) {
            if (bytes.getByte(bytes.readerIndex() + i) != beginning[i]) {
                return false;
            }
        }
        return true;
    }
}
