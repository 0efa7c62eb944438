package dev.parley.turn.transport;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.ice.address.TransportAddress;
import dev.parley.ice.stun.StunMethod;
import dev.parley.ice.stun.attribute.XorMappedAddress;
import dev.parley.turn.core.ClientTransport;
import dev.parley.turn.core.EndReason;
import dev.parley.turn.loop.ConnectionEnd;
import dev.parley.turn.loop.WireDrop;
import dev.parley.turn.stream.StreamLimits;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A client over TCP, from its first byte to the end of its connection. */
class StreamTest {
    private static final TransportAddress PEER = TransportAddress.parse("203.0.113.9:9999");
    private static final int CHANNEL = 0x4000;
    private static final String ALICE = "192.0.2.1:5000";

    private final RelayFixture relay = RelayFixture.withLoops(1);
    private final FakeStream stream = relay.stream(0, ALICE);
    private final FakeClient alice = new FakeClient(stream, "alice");

    @AfterEach
    void close() {
        relay.close();
        assertThat(relay.counters().failures()).isZero();
    }

    @Test
    void aRequestIsAnsweredHoweverItsBytesCome() {
        stream.drip(alice.requestBytes(StunMethod.BINDING));

        assertThat(alice.nextAnswer())
                .isNotNull()
                .extracting(answer -> answer.find(XorMappedAddress.class))
                .isEqualTo(new XorMappedAddress(TransportAddress.parse(ALICE)));
        assertThat(relay.counters().connectionsLive(ClientTransport.TCP)).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "01", "0102", "010203", "01020304", "0102030405"})
    void dataOfEveryLengthGoesBothWays(String payload) {
        TransportAddress relayed = alice.allocate();
        alice.bind(CHANNEL, PEER);

        if (!payload.isEmpty()) { // an embedded socket cannot send an empty datagram; a real one is in the ITs
            stream.send(paddedChannelData(payload));
            assertThat(RelayFixture.sent(relay.relay(relayed))).containsExactly(PEER + " " + payload);
        }

        relay.fromPeer(PEER, relayed, payload);
        assertThat(stream.frames()).containsExactly(ByteBufUtil.hexDump(paddedChannelData(payload)));
    }

    @Test
    void manyMessagesInOneSegmentAreAllTaken() {
        TransportAddress relayed = alice.allocate();
        alice.bind(CHANNEL, PEER);
        ByteBuf segment = Unpooled.buffer();
        for (int i = 0; i < 9; i++) {
            segment.writeBytes(paddedChannelData("00".repeat(i + 1)))
                    .writeBytes(alice.requestBytes(StunMethod.BINDING));
        }
        stream.send(segment);

        assertThat(RelayFixture.sent(relay.relay(relayed))).hasSize(9);
        assertThat(stream.frames()).hasSize(9);
    }

    @Test
    void unsignedRequestsAreAnsweredWithoutABudget() {
        for (int i = 0; i < 100; i++) {
            FakeClient stranger = new FakeClient(stream, "nobody");
            assertThat(stranger.allocateChallenge()).isNotNull();
        }
        assertThat(relay.counters().drops(WireDrop.RESPONSE_BUDGET)).isZero();
    }

    /** Row 29: another server leaked heap memory in the redirect it sent to HTTP. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET / HTTP/1.1\r\nHost: x\r\n\r\n",
                "POST /x HTTP/1.1\r\nContent-Length: 10\r\n\r\n",
                "SSH-2.0-OpenSSH_9.2\r\n",
                "\u0003\u0000\u0000\u0013\u000e\u00e0\u0000\u0000\u0000\u0000\u0000\u0001\u0000\b\u0000\u000b\u0000",
                "PROXY TCP4 192.0.2.9 198.51.100.1 51234 3478\r\n",
                "\r\n\r\n\u0000\r\nQUIT\n",
                "@\u0000\u0000\u0004abcd",
                "\u0000\u0001\u0000\u0001",
                "\u0000\u0001\u0000\u0000!\u0012\u00a4C"
            })
    void whatIsNotStunIsClosedWithoutAByte(String opening) {
        stream.sendText(opening);

        assertThat(stream.isOpen()).isFalse();
        assertThat(stream.bytesReceived()).isZero();
        assertThat(relay.connectionCounts().live()).isZero();
    }

    @Test
    void garbageAtAnyPlaceOfAStreamDoesNoMoreThanEndIt() {
        ByteBuf request = new FakeClient(stream, "x").requestBytes(StunMethod.BINDING);
        ByteBuf whole = Unpooled.buffer().writeBytes(request).writeBytes(paddedChannelData("010203"));
        request.release();
        for (int offset = 0; offset < whole.readableBytes(); offset++) {
            for (int value : new int[] {0x00, 0x16, 0x3F, 0x47, 0x80, 0xFF}) {
                FakeStream garbled = relay.stream(0, "192.0.2.9:" + (1000 + offset));
                garbled.send(whole.copy().setByte(offset, value));
                garbled.send(whole.copy());
                garbled.close();
            }
        }
        whole.release();

        assertThat(relay.counters().failures()).isZero();
        assertThat(relay.connectionCounts().live()).isEqualTo(1);
        assertThat(relay.connectionCounts().networks()).isEqualTo(1);
    }

    /** Row 11: nothing is kept for a length that was only declared. */
    @Test
    void aLongMessageIsRefusedByItsHeaderBeforeACredentialWasGood() {
        stream.sendHex("0003" + hex(StreamLimits.FRAME_UNAUTHENTICATED - 20) + "2112a442");
        assertThat(stream.isOpen()).isTrue();

        FakeStream longer = relay.stream(0, "192.0.2.1:5001");
        longer.sendHex("0003" + hex(StreamLimits.FRAME_UNAUTHENTICATED - 20 + 4));
        assertThat(longer.isOpen()).isFalse();
        assertThat(relay.counters().connectionsEnded(ConnectionEnd.FRAME_TOO_LONG))
                .isEqualTo(1);
    }

    @Test
    void afterwardsAMessageMayBeAsLongAsChannelDataCan() {
        alice.allocate();
        alice.bind(CHANNEL, PEER);

        stream.sendHex("4000ffff");
        assertThat(stream.isOpen()).isFalse(); // padding would make it 65,540
        FakeStream second = relay.stream(0, "192.0.2.1:5001");
        FakeClient again = new FakeClient(second, "alice");
        TransportAddress relayed = again.allocate();
        again.bind(CHANNEL, PEER);
        second.sendHex("4000fffc" + "ab".repeat(0xFFFC));
        assertThat(second.isOpen()).isTrue();
        assertThat(RelayFixture.sent(relay.relay(relayed))).hasSize(1);
    }

    @Test
    void theAllocationEndsWithItsConnection() {
        TransportAddress relayed = alice.allocate();
        stream.close();

        assertThat(relay.counters().allocationsLive()).isZero();
        assertThat(relay.counters().allocationsEnded(EndReason.CLIENT_GONE)).isEqualTo(1);
        assertThat(relay.directory().isLive(relayed)).isFalse();
        assertThat(relay.counters().connectionsLive(ClientTransport.TCP)).isZero();
        assertThat(relay.counters().connectionsEnded(ConnectionEnd.CLIENT)).isEqualTo(1);
        assertThat(relay.core(0).allocationCount()).isZero();
    }

    @Test
    void aConnectionWithTheAddressOfAnotherTakesItsPlace() {
        alice.allocate();
        FakeStream newer = relay.stream(0, ALICE);
        assertThat(new FakeClient(newer, "alice").allocate()).isNotNull();

        assertThat(stream.isOpen()).isFalse();
        assertThat(relay.counters().connectionsEnded(ConnectionEnd.REPLACED)).isEqualTo(1);
        assertThat(relay.counters().allocationsLive()).isEqualTo(1);
    }

    @Test
    void aClientThatDoesNotReadLosesDatagramsAndNothingGrows() {
        TransportAddress relayed = alice.allocate();
        alice.bind(CHANNEL, PEER);
        stream.stopReading();
        String payload = "ab".repeat(1000);
        for (int i = 0; i < 1000; i++) {
            relay.fromPeer(PEER, relayed, payload, payload);
        }

        long most = StreamLimits.DEFAULT.sendQueueBytes() + 2 * 1004L;
        assertThat(stream.waiting()).isBetween(most / 2, most);
        long kept = stream.waiting() / 1004;
        assertThat(relay.counters().drops(WireDrop.SLOW_CLIENT)).isBetween(2000 - kept - 20, 2000 - kept + 20);
        assertThat(stream.isOpen()).isTrue();

        stream.readAgain();
        stream.frames();
        relay.fromPeer(PEER, relayed, "01");
        assertThat(stream.frames()).containsExactly("4000000101000000");
    }

    @Test
    void aClientThatAsksAndDoesNotReadTheAnswersIsClosed() {
        stream.stopReading();
        int asked = 0;
        while (stream.isOpen()) {
            stream.send(alice.requestBytes(StunMethod.BINDING));
            asked++;
        }
        int most = StreamLimits.DEFAULT.sendQueueBytes() + StreamLimits.DEFAULT.replyQueueBytes();
        assertThat(asked * 32).isBetween(most / 8, most);
        assertThat(relay.counters().connectionsEnded(ConnectionEnd.SLOW_READER)).isEqualTo(1);
    }

    private static String hex(int length) {
        return "%04x".formatted(length);
    }

    private static ByteBuf paddedChannelData(String payload) {
        ByteBuf message = FakeClient.channelData(CHANNEL, payload);
        return message.writeZero(-message.readableBytes() & 3);
    }
}
