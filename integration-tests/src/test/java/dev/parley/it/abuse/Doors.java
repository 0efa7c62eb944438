package dev.parley.it.abuse;

import dev.parley.it.wire.Client;
import dev.parley.it.wire.Message;
import dev.parley.it.wire.Packet;
import dev.parley.it.wire.Wire;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/** The places where a client names a peer. None may let in what is forbidden. */
final class Doors {
    private static final int FORBIDDEN = 403;
    private static final int OTHER_FAMILY = 443;

    private final Client client;
    private int nextChannel = 0x4000;

    Doors(Client client) {
        this.client = client;
    }

    /** Tries every door with this address; fails the test unless all stay shut. */
    void expectShut(byte[] octets, int port) {
        expectRefused(
                client.ask(peer(Packet.request(Wire.CREATE_PERMISSION), octets, port)), "CreatePermission", octets);
        expectRefused(
                client.ask(peer(
                        Packet.request(Wire.CHANNEL_BIND).attribute(Wire.CHANNEL_NUMBER, channelNumber()),
                        octets,
                        port)),
                "ChannelBind",
                octets);
        client.send(peer(Packet.indication(Wire.SEND), octets, port)
                .attribute(Wire.DATA, "forbidden".getBytes(StandardCharsets.US_ASCII))
                .bytes());
    }

    private byte[] channelNumber() {
        int number = nextChannel++;
        return new byte[] {(byte) (number >> 8), (byte) number, 0, 0};
    }

    private static Packet peer(Packet message, byte[] octets, int port) {
        int family = octets.length == 4 ? Wire.IPV4 : Wire.IPV6;
        return message.attribute(Wire.XOR_PEER_ADDRESS, message.addressValue(family, port, octets));
    }

    private static void expectRefused(Message answer, String door, byte[] octets) {
        if (answer.code() != FORBIDDEN && answer.code() != OTHER_FAMILY) {
            throw new AssertionError(
                    door + " answered " + answer + " for " + HexFormat.of().formatHex(octets));
        }
    }
}
