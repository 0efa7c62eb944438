package dev.parley.turn.transport;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.ice.address.TransportAddress;
import dev.parley.ice.stun.StunEncoder;
import dev.parley.ice.stun.TransactionId;
import dev.parley.turn.core.DropReason;
import dev.parley.turn.loop.PacketClass;
import dev.parley.turn.loop.WireDrop;
import dev.parley.turn.socket.SocketDrop;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Data between clients and peers, through a whole relay on embedded channels. */
class RelayTest {
    private static final TransportAddress PEER = TransportAddress.parse("203.0.113.9:9999");
    private static final TransportAddress STRANGER = TransportAddress.parse("203.0.113.66:9999");
    private static final int CHANNEL = 0x4000;

    private final RelayFixture relay = RelayFixture.withLoops(1);
    private final FakeClient alice = relay.client(0, "192.0.2.1:5000", "alice");
    private final TransportAddress relayed = alice.allocate();
    private final FakeSocket listener = relay.listener(0);

    @AfterEach
    void close() {
        relay.close();
        assertThat(relay.counters().failures()).isZero();
    }

    @Test
    void channelDataReachesThePeerWithoutItsHeader() {
        alice.bind(CHANNEL, PEER);
        alice.send(FakeClient.channelData(CHANNEL, "cafe"));

        assertThat(RelayFixture.sent(relay.relay(relayed))).containsExactly("203.0.113.9:9999 cafe");
        assertThat(relay.counters().packets(PacketClass.CHANNEL_DATA_UP)).isEqualTo(1);
        assertThat(relay.counters().bytes(PacketClass.CHANNEL_DATA_UP)).isEqualTo(2);
    }

    @Test
    void paddingBehindChannelDataIsNotRelayed() {
        alice.bind(CHANNEL, PEER);
        alice.send(FakeClient.channelData(CHANNEL, "cafe").writeShort(0));

        assertThat(RelayFixture.sent(relay.relay(relayed))).containsExactly("203.0.113.9:9999 cafe");
    }

    @Test
    void aBurstOfOneWakeUpIsOneFlush() {
        alice.bind(CHANNEL, PEER);
        alice.send(
                FakeClient.channelData(CHANNEL, "0001"),
                FakeClient.channelData(CHANNEL, "0002"),
                FakeClient.channelData(CHANNEL, "03"));

        assertThat(relay.relay(relayed).flushes()).isEqualTo(1);
        assertThat(RelayFixture.sent(relay.relay(relayed)))
                .containsExactly("203.0.113.9:9999 0001", "203.0.113.9:9999 0002", "203.0.113.9:9999 03");
    }

    @Test
    void theWayBackPutsTheHeaderInFront() {
        alice.bind(CHANNEL, PEER);
        relay.fromPeer(PEER, relayed, "beef", "babe");

        assertThat(RelayFixture.sent(listener))
                .containsExactly("192.0.2.1:5000 40000002beef", "192.0.2.1:5000 40000002babe");
        assertThat(relay.counters().packets(PacketClass.CHANNEL_DATA_DOWN)).isEqualTo(2);
    }

    @Test
    void anEmptyDatagramFromThePeerIsAnEmptyChannelData() {
        alice.bind(CHANNEL, PEER);
        relay.fromPeer(PEER, relayed, "");

        assertThat(RelayFixture.sent(listener)).containsExactly("192.0.2.1:5000 40000000");
    }

    @Test
    void aSendIndicationReachesAPermittedPeer() {
        alice.permit(PEER);
        alice.send(sendIndication(PEER, "aa"));

        assertThat(RelayFixture.sent(relay.relay(relayed))).containsExactly("203.0.113.9:9999 aa");
        assertThat(relay.counters().packets(PacketClass.SEND_INDICATION_UP)).isEqualTo(1);
    }

    @Test
    void withoutAChannelThePeerArrivesAsADataIndicationWithZeroPadding() {
        alice.permit(PEER);
        relay.fromPeer(PEER, relayed, "aabbcc");

        String sent = RelayFixture.sent(listener).getFirst();
        assertThat(sent).startsWith("192.0.2.1:5000 0017").endsWith("00130003aabbcc00");
        assertThat(relay.counters().packets(PacketClass.DATA_INDICATION_DOWN)).isEqualTo(1);
    }

    @Test
    void nothingPassesWithoutPermissionInEitherDirection() {
        alice.send(sendIndication(STRANGER, "aa"), FakeClient.channelData(CHANNEL, "aa"));
        relay.fromPeer(STRANGER, relayed, "aa");

        assertThat(RelayFixture.sent(listener)).isEmpty();
        assertThat(RelayFixture.sent(relay.relay(relayed))).isEmpty();
        assertThat(relay.counters().drops(DropReason.NO_PERMISSION)).isEqualTo(2);
        assertThat(relay.counters().drops(DropReason.UNBOUND_CHANNEL)).isEqualTo(1);
    }

    @Test
    void junkIsCountedAndNeverAnswered() {
        FakeClient stranger = relay.client(0, "192.0.2.99:1", "nobody");
        stranger.send(
                Unpooled.EMPTY_BUFFER,
                hex("ff00"),
                hex("16feff000000"),
                hex("0001"),
                hex("000100002112a4420000"),
                hex("4000"),
                hex("4000ffff00"),
                hex("40000001aa"));

        assertThat(RelayFixture.sent(listener)).isEmpty();
        assertThat(relay.counters().drops(WireDrop.UNKNOWN_PACKET)).isEqualTo(3);
        assertThat(relay.counters().drops(WireDrop.MALFORMED_STUN)).isEqualTo(2);
        assertThat(relay.counters().drops(WireDrop.MALFORMED_CHANNEL_DATA)).isEqualTo(2);
        assertThat(relay.counters().drops(WireDrop.UNKNOWN_CLIENT)).isEqualTo(1);
    }

    @Test
    void whatASocketLosesIsCountedByItsReason() {
        listener.receiver().dropped(SocketDrop.TRUNCATED, 1);
        listener.receiver().dropped(SocketDrop.QUEUE_FULL, 2);
        relay.relay(relayed).receiver().dropped(SocketDrop.REFUSED, 3);

        assertThat(relay.counters().drops(WireDrop.TRUNCATED)).isEqualTo(1);
        assertThat(relay.counters().drops(WireDrop.SEND_QUEUE_FULL)).isEqualTo(2);
        assertThat(relay.counters().drops(WireDrop.SEND_REFUSED)).isEqualTo(3);
    }

    @Test
    void aDataIndicationIsNoRequestAndIsNotAnswered() {
        ByteBuf data = Unpooled.buffer();
        StunEncoder.writeDataIndicationHeader(data, new TransactionId(1, 1), PEER, 0);
        alice.send(data);

        assertThat(RelayFixture.sent(listener)).isEmpty();
    }

    private static ByteBuf sendIndication(TransportAddress peer, String hexPayload) {
        ByteBuf message = Unpooled.buffer();
        ByteBuf payload = hex(hexPayload);
        StunEncoder.writeSendIndicationHeader(message, new TransactionId(1, 2), peer, payload.readableBytes());
        int padding = -payload.readableBytes() & 3;
        return message.writeBytes(payload).writeZero(padding);
    }

    private static ByteBuf hex(String digits) {
        return Unpooled.wrappedBuffer(io.netty.buffer.ByteBufUtil.decodeHexDump(digits));
    }
}
