package dev.parley.turn.transport;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.ice.address.TransportAddress;
import dev.parley.ice.stun.StunEncoder;
import dev.parley.ice.stun.StunMethod;
import dev.parley.ice.stun.TransactionId;
import dev.parley.turn.loop.PacketClass;
import dev.parley.turn.loop.WireDrop;
import dev.parley.turn.socket.HeaderFields;
import dev.parley.turn.socket.IcmpError;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What the relay does with TTL, DSCP, ECN, DF and ICMP errors (RFC 8656 sections 11.5 and 14). */
class HeaderFieldsCarriedTest {
    private static final TransportAddress PEER = TransportAddress.parse("203.0.113.9:9999");
    private static final int CHANNEL = 0x4000;
    private static final int EXPEDITED_AND_CONGESTED = 46 << 2 | 0b11;

    private final RelayFixture relay = RelayFixture.withLoops(1);
    private final FakeClient alice = relay.client(0, "192.0.2.1:5000", "alice");
    private final TransportAddress relayed = alice.allocate();

    @AfterEach
    void close() {
        relay.close();
        assertThat(relay.counters().failures()).isZero();
    }

    @Test
    void upwardAHopIsTakenAndDscpAndEcnAreKept() {
        alice.bind(CHANNEL, PEER);
        alice.sendWith(HeaderFields.of(60, EXPEDITED_AND_CONGESTED), FakeClient.channelData(CHANNEL, "aa"));

        assertThat(RelayFixture.sent(relay.relay(relayed))).containsExactly("203.0.113.9:9999 aa ttl 59 class bb");
    }

    @Test
    void downwardAHopIsTakenAndDscpAndEcnAreKeptInChannelDataAndInIndications() {
        alice.permit(PEER);
        relay.fromPeerWith(HeaderFields.of(200, EXPEDITED_AND_CONGESTED), PEER, relayed, "aa");
        assertThat(RelayFixture.sent(relay.listener(0)))
                .singleElement()
                .asString()
                .endsWith(" ttl 199 class bb");

        alice.bind(CHANNEL, PEER);
        relay.fromPeerWith(HeaderFields.of(2, 0), PEER, relayed, "aa");
        assertThat(RelayFixture.sent(relay.listener(0))).containsExactly("192.0.2.1:5000 40000001aa ttl 1 class 00");
    }

    @Test
    void whatHasNoHopLeftIsDroppedInBothDirections() {
        alice.bind(CHANNEL, PEER);
        alice.sendWith(HeaderFields.of(1, 0), FakeClient.channelData(CHANNEL, "aa"));
        relay.fromPeerWith(HeaderFields.of(1, 0), PEER, relayed, "aa");

        assertThat(RelayFixture.sent(relay.relay(relayed))).isEmpty();
        assertThat(RelayFixture.sent(relay.listener(0))).isEmpty();
        assertThat(relay.counters().drops(WireDrop.TTL_EXPIRED)).isEqualTo(2);
    }

    @Test
    void answersLeaveWithTheSystemsTtlWhateverTheRequestHad() {
        // The fake client refuses an answer with other fields.
        alice.sendWith(HeaderFields.of(3, 0xFF), alice.requestBytes(StunMethod.BINDING));

        assertThat(alice.nextAnswer()).isNotNull();
    }

    @Test
    void dontFragmentOfASendIndicationIsSetOnThatDatagramAlone() {
        alice.permit(PEER);
        alice.sendWith(HeaderFields.of(60, 0), sendIndication("aa", true), sendIndication("bb", false));

        assertThat(RelayFixture.sent(relay.relay(relayed)))
                .containsExactly("203.0.113.9:9999 aa ttl 59 class 00 df", "203.0.113.9:9999 bb ttl 59 class 00");
    }

    @Test
    void anIcmpErrorReachesTheClientAsADataIndicationOfTheServersOwn() {
        alice.permit(PEER);
        relay.relay(relayed).receiver().icmpError(new IcmpError(PEER, 3, 4, 1400));
        relay.relay(relayed).receiver().readComplete();
        relay.runTasks();

        String sent = RelayFixture.sent(relay.listener(0)).getFirst();
        assertThat(sent).startsWith("192.0.2.1:5000 0017").endsWith("8004000800000304" + "00000578");
        assertThat(relay.counters().packets(PacketClass.ICMP_DOWN)).isEqualTo(1);
    }

    @Test
    void anIcmpErrorAboutSomebodyWithoutPermissionReachesNobody() {
        relay.relay(relayed).receiver().icmpError(new IcmpError(PEER, 3, 3, 0));
        relay.relay(relayed).receiver().readComplete();
        relay.runTasks();

        assertThat(RelayFixture.sent(relay.listener(0))).isEmpty();
    }

    private static ByteBuf sendIndication(String hexPayload, boolean dontFragment) {
        byte[] payload = io.netty.buffer.ByteBufUtil.decodeHexDump(hexPayload);
        ByteBuf message = Unpooled.buffer();
        StunEncoder.writeSendIndicationHeader(message, new TransactionId(1, 2), PEER, payload.length);
        message.writeBytes(payload).writeZero(-payload.length & 3);
        if (dontFragment) {
            message.writeShort(0x001A).writeShort(0);
            message.setShort(2, message.getUnsignedShort(2) + 4);
        }
        return message;
    }
}
