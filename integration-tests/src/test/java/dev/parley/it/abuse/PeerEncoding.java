package dev.parley.it.abuse;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.util.HexFormat;

/** The ways in which an IPv4 address hides in an IPv6 address. */
enum PeerEncoding {
    PLAIN(""),
    MAPPED("00000000000000000000ffff"),
    COMPATIBLE("000000000000000000000000"),
    TRANSLATED("0000000000000000ffff0000"),
    NAT64("0064ff9b0000000000000000"),
    LOCAL_NAT64("0064ff9b0001000000000000"),
    ISATAP("2606470000000000" + "00005efe"),
    SIX_TO_FOUR("2002") {
        @Override
        byte[] octets(byte[] ipv4) {
            return ByteBuffer.allocate(16)
                    .put(prefix())
                    .put(ipv4)
                    .put(15, (byte) 1)
                    .array();
        }
    },
    TEREDO_SERVER("20010000") {
        @Override
        byte[] octets(byte[] ipv4) {
            return ByteBuffer.allocate(16)
                    .put(prefix())
                    .put(ipv4)
                    .put(15, (byte) 1)
                    .array();
        }
    },
    TEREDO_CLIENT("200100000000000000000000") {
        @Override
        byte[] octets(byte[] ipv4) {
            byte[] octets = super.octets(ipv4);
            for (int i = 12; i < octets.length; i++) {
                octets[i] ^= (byte) 0xFF;
            }
            return octets;
        }
    };

    private final String prefix;

    PeerEncoding(String prefix) {
        this.prefix = prefix;
    }

    byte[] prefix() {
        return HexFormat.of().parseHex(prefix);
    }

    byte[] octets(byte[] ipv4) {
        return ByteBuffer.allocate(prefix().length + ipv4.length)
                .put(prefix())
                .put(ipv4)
                .array();
    }

    /** The octets that stand for this IPv4 address on the wire, where Java would see through the mapped form. */
    byte[] hide(String ipv4) {
        try {
            return octets(InetAddress.getByName(ipv4).getAddress());
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException(ipv4, e);
        }
    }
}
