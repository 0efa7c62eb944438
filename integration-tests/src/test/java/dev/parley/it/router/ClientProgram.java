package dev.parley.it.router;

import dev.parley.ice.address.AddressFamily;
import dev.parley.ice.address.TransportAddress;
import dev.parley.ice.stun.ChannelDataHeader;
import dev.parley.ice.stun.DecodeResult;
import dev.parley.ice.stun.Demultiplexer;
import dev.parley.ice.stun.PacketKind;
import dev.parley.ice.stun.StunDecoder;
import dev.parley.ice.stun.attribute.Data;
import dev.parley.ice.stun.attribute.Icmp;
import dev.parley.ice.stun.attribute.XorPeerAddress;
import dev.parley.it.fixture.Credentials;
import dev.parley.it.fixture.TurnClient;
import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/**
 * The client, run in its namespace. It allocates at the server named first, with a permission and a channel for the
 * peer named second, does what the other arguments say, and prints what each of them brought back.
 */
final class ClientProgram {
    /** DSCP 46 and ECT(0). */
    static final int TRAFFIC_CLASS = 46 << 2 | 0b10;

    /** In front of what was heard, since libraries print too. */
    static final String MARK = "heard: ";

    private static final int CHANNEL = 0x4000;
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private final TurnClient client;
    private final TransportAddress peer;

    private ClientProgram(TransportAddress server, TransportAddress peer) {
        this.client = new TurnClient(
                server.toInetSocketAddress(),
                Credentials.of("router" + ProcessHandle.current().pid()));
        this.peer = peer;
    }

    public static void main(String[] arguments) {
        var program = new ClientProgram(TransportAddress.parse(arguments[0]), TransportAddress.parse(arguments[1]));
        program.begin();
        for (int i = 2; i < arguments.length; i++) {
            program.obey(arguments[i].split(" "));
        }
    }

    private void begin() {
        if (peer.family() == AddressFamily.IPV4) {
            client.allocate();
        } else {
            client.allocate(AddressFamily.IPV6);
        }
        client.permit(peer);
        client.bindChannel(CHANNEL, peer);
        client.trafficClass(TRAFFIC_CLASS);
    }

    /** {@code channel LENGTH}, {@code send PORT LENGTH}, {@code whole PORT LENGTH}, {@code burst LENGTH...}. */
    private void obey(String[] words) {
        switch (words[0]) {
            case "channel" -> client.sendChannelData(CHANNEL, payload(words[1]));
            case "send" -> client.send(peer.withPort(Integer.parseInt(words[1])), payload(words[2]));
            case "whole" -> client.sendWhole(peer.withPort(Integer.parseInt(words[1])), payload(words[2]));
            case "burst" -> {
                for (int i = 1; i < words.length; i++) {
                    client.sendChannelData(CHANNEL, payload(words[i]));
                }
            }
            default -> throw new IllegalArgumentException(words[0]);
        }
        for (ByteBuf heard = client.receive(PATIENCE); heard != null; heard = client.receive(Duration.ofMillis(300))) {
            System.out.println(MARK + describe(heard));
        }
    }

    private static byte[] payload(String length) {
        return "a".repeat(Integer.parseInt(length)).getBytes(StandardCharsets.US_ASCII);
    }

    private static String describe(ByteBuf heard) {
        if (Demultiplexer.kind(heard) == PacketKind.CHANNEL_DATA) {
            return "channel " + ChannelDataHeader.length(heard);
        }
        var message = ((DecodeResult.Decoded) StunDecoder.decode(heard)).message();
        XorPeerAddress from = message.find(XorPeerAddress.class);
        Icmp icmp = message.find(Icmp.class);
        Data data = message.find(Data.class);
        if (from == null || (icmp == null) == (data == null)) {
            return "strange " + message;
        }
        return icmp == null
                ? "data " + from.address() + " " + (data == null ? -1 : data.length())
                : "icmp %s %d %d %d".formatted(from.address(), icmp.icmpType(), icmp.code(), icmp.data());
    }
}
