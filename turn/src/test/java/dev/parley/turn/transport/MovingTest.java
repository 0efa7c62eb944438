package dev.parley.turn.transport;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.ice.address.TransportAddress;
import dev.parley.ice.stun.StunMessage;
import dev.parley.ice.stun.StunMethod;
import dev.parley.ice.stun.attribute.Attribute;
import dev.parley.ice.stun.attribute.Bytes;
import dev.parley.ice.stun.attribute.Data;
import dev.parley.ice.stun.attribute.ErrorCode;
import dev.parley.ice.stun.attribute.Lifetime;
import dev.parley.ice.stun.attribute.MobilityTicket;
import dev.parley.ice.stun.attribute.XorPeerAddress;
import dev.parley.ice.stun.attribute.XorRelayedAddress;
import dev.parley.turn.core.ClientKey;
import dev.parley.turn.core.ClientTransport;
import dev.parley.turn.core.RefusalReason;
import dev.parley.turn.loop.WireDrop;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A client that moves (RFC 8016), within its event loop and to another one, over datagrams and connections. */
class MovingTest {
    private static final TransportAddress PEER = TransportAddress.parse("203.0.113.9:9999");
    private static final MobilityTicket WISH = new MobilityTicket(Bytes.EMPTY);
    private static final int CHANNEL = 0x4000;
    private static final String HERE = "192.0.2.1:5000";
    private static final String THERE = "198.51.100.77:6000";

    private final RelayFixture relay = RelayFixture.withLoops(3);
    private Bytes ticket = Bytes.EMPTY;
    private @Nullable TransportAddress relayed;

    @AfterEach
    void close() {
        relay.close();
        assertThat(relay.counters().failures()).isZero();
    }

    @ParameterizedTest
    @CsvSource({"UDP, UDP, 0", "UDP, UDP, 1", "UDP, TCP, 0", "UDP, TCP, 1", "TCP, UDP, 1", "TCP, TCP, 0", "TCP, TCP, 1"
    })
    void dataGoesBothWaysBeforeWhileAndAfterAClientMoves(String before, String after, int loop) {
        FakeClient here = client(before, 0, HERE);
        allocate(here);
        bothWays(before, here, HERE);
        FakeClient there = client(after, loop, THERE);
        move(there);
        bothWays(before, here, HERE);
        bothWays(after, there, THERE);
        assertThat(relay.notices()).last().isEqualTo("moved alice " + HERE + " " + THERE + " " + relayedAddress());
        assertThat(relay.counters().allocationsMoved()).isEqualTo(1);

        send(before, here, "dead");
        assertThat(RelayFixture.sent(relay.relay(relayedAddress()))).isEmpty();
        assertThat(relay.counters().drops(WireDrop.UNKNOWN_CLIENT)).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"UDP", "TCP"})
    void aClientGoesRoundAllEventLoopsAndBack(String transport) {
        allocate(client("UDP", 0, HERE));
        for (int i = 1; i <= 9; i++) {
            String address = "198.51.100.77:" + (6000 + i);
            FakeClient there = client(transport, i % 3, address);
            move(there);
            bothWays(transport, there, address);
            StunMessage refreshed = ask(there, StunMethod.REFRESH);
            assertThat(codeOf(refreshed)).isZero();
        }
        assertThat(relay.counters().allocationsMoved()).isEqualTo(9);
        assertThat(relay.counters().allocationsLive()).isEqualTo(1);
    }

    @Test
    void sendAndDataIndicationsFollowToo() {
        FakeClient here = client("UDP", 0, HERE);
        allocate(here);
        FakeClient there = client("TCP", 1, THERE);
        move(there);
        there.send(FakeClient.sendIndication(PEER, "cafe0000"));
        relay.runTasks();
        assertThat(RelayFixture.sent(relay.relay(relayedAddress()))).containsExactly(PEER + " cafe0000");

        ask(there, StunMethod.CREATE_PERMISSION, new XorPeerAddress(PEER.withPort(1)));
        relay.fromPeer(PEER.withPort(1), relayedAddress(), "beef");
        relay.runTasks();
        StunMessage indication = found(there.nextAnswer());
        assertThat(indication.method()).isEqualTo(StunMethod.DATA);
        assertThat(indication.has(Data.class)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"UDP", "TCP"})
    void whereAMovedAllocationEndedAnotherOneCanBeMade(String transport) {
        allocate(client("UDP", 0, HERE));
        FakeClient there = client(transport, 1, THERE);
        move(there);
        bothWays(transport, there, THERE);
        assertThat(codeOf(ask(there, StunMethod.REFRESH, new Lifetime(0)))).isZero();
        relay.runTasks();

        assertThat(there.allocateAnswer().find(XorRelayedAddress.class)).isNotNull();
        assertThat(relay.core(0).allocationCount()).isZero();
        assertThat(relay.core(1).allocationCount()).isEqualTo(1);
    }

    @Test
    void theEndOfAConnectionIsToldToTheLoopThatHasTheAllocation() {
        allocate(client("UDP", 0, HERE));
        FakeStream stream = relay.stream(1, THERE);
        FakeClient there = new FakeClient(stream, "alice");
        move(there);
        bothWays("TCP", there, THERE);
        stream.close();
        relay.runTasks();
        relay.fromPeer(PEER, relayedAddress(), "beef");
        assertThat(relay.counters().drops(WireDrop.CLIENT_GONE)).isEqualTo(1);
        assertThat(relay.core(0).allocationCount()).isEqualTo(1);

        FakeClient again = client("TCP", 2, THERE);
        move(again);
        bothWays("TCP", again, THERE);
    }

    @Test
    void theConnectionOfAVisitorIsNotIdle() {
        allocate(client("UDP", 0, HERE));
        FakeStream stream = relay.stream(1, THERE);
        FakeClient there = new FakeClient(stream, "alice");
        move(there);
        bothWays("TCP", there, THERE);
        relay.advance(Duration.ofMinutes(9));
        assertThat(stream.isOpen()).isTrue();
        relay.advance(Duration.ofMinutes(10));
        assertThat(relay.counters().allocationsLive()).isZero();
        relay.advance(Duration.ofMinutes(10));
        assertThat(stream.isOpen()).isFalse();
    }

    @Test
    void row22ForgedAndForeignTicketsOnAnotherLoopLeaveNothing() {
        allocate(client("UDP", 0, HERE));
        for (int port = 1; port <= 200; port++) {
            FakeClient stranger = new FakeClient(relay.listener(1), "198.51.100.9:" + port, "mallory");
            byte[] forged = ticket.toArray();
            forged[port % forged.length] ^= 1;
            assertThat(codeOf(askWith(stranger, Bytes.of(forged)))).isEqualTo(400);
            assertThat(codeOf(askWith(stranger, ticket))).isEqualTo(441);
            stranger.send(FakeClient.channelData(CHANNEL, "dead"));
        }
        assertThat(relay.counters().drops(WireDrop.UNKNOWN_CLIENT)).isEqualTo(200);
        assertThat(relay.counters().refusals(RefusalReason.BAD_TICKET)).isEqualTo(200);
        assertThat(relay.core(0).isClient(new ClientKey(TransportAddress.parse("198.51.100.9:1"), 0)))
                .isFalse();
    }

    @Test
    void whoHasAnAllocationOnTheLoopWhereHeIsCannotTakeAnotherOneThere() {
        allocate(client("UDP", 0, HERE));
        FakeClient there = client("UDP", 1, THERE);
        there.allocate();
        assertThat(codeOf(ask(there, StunMethod.REFRESH, new MobilityTicket(ticket))))
                .isEqualTo(437);
    }

    @Test
    void moreHandedOverPacketsThanMayWaitAreDroppedAndCounted() {
        allocate(client("UDP", 0, HERE));
        FakeClient there = client("UDP", 1, THERE);
        move(there);
        bothWays("UDP", there, THERE);
        int most = 8192;
        ByteBuf[] packets = new ByteBuf[most + 3];
        for (int i = 0; i < packets.length; i++) {
            packets[i] = FakeClient.channelData(CHANNEL, "cafe");
        }
        there.send(packets);
        relay.runTasks();
        assertThat(RelayFixture.sent(relay.relay(relayedAddress()))).hasSize(most);
        assertThat(relay.counters().drops(WireDrop.SEND_QUEUE_FULL)).isEqualTo(3);
    }

    private FakeClient client(String transport, int loop, String address) {
        return ClientTransport.valueOf(transport) == ClientTransport.TCP
                ? new FakeClient(relay.stream(loop, address), "alice")
                : relay.client(loop, address, "alice");
    }

    private void allocate(FakeClient client) {
        StunMessage answer = client.allocateAnswer(WISH);
        relayed = found(answer.find(XorRelayedAddress.class)).address();
        ticket = found(answer.find(MobilityTicket.class)).ticket();
        client.bind(CHANNEL, PEER);
    }

    private void move(FakeClient client) {
        StunMessage answer = askWith(client, ticket);
        assertThat(codeOf(answer)).isZero();
        ticket = found(answer.find(MobilityTicket.class)).ticket();
    }

    /** With the round for the nonce. */
    private StunMessage askWith(FakeClient client, Bytes shown) {
        StunMessage answer = ask(client, StunMethod.REFRESH, new MobilityTicket(shown));
        if (codeOf(answer) == 401 || codeOf(answer) == 438) {
            client.learnNonce(answer);
            return ask(client, StunMethod.REFRESH, new MobilityTicket(shown));
        }
        return answer;
    }

    /** A request whose answer takes its way over two loops. */
    private StunMessage ask(FakeClient client, StunMethod method, Attribute... attributes) {
        client.send(client.requestBytes(method, attributes));
        relay.runTasks();
        relay.runTasks();
        return found(client.nextAnswer());
    }

    private void bothWays(String transport, FakeClient client, String address) {
        send(transport, client, "cafe");
        assertThat(RelayFixture.sent(relay.relay(relayedAddress()))).containsExactly(PEER + " cafe");
        relay.fromPeer(PEER, relayedAddress(), "beef");
        relay.runTasks();
        String expected = "40000002beef";
        if (transport.equals("UDP")) {
            // The loop of the allocation has a socket of its own at the same address.
            assertThat(RelayFixture.sent(relay.listener(0))).containsExactly(address + " " + expected);
        } else {
            ByteBuf frame = found(client.nextFrame());
            assertThat(ByteBufUtil.hexDump(frame)).isEqualTo(expected + "0000");
            frame.release();
        }
    }

    private void send(String transport, FakeClient client, String hexPayload) {
        ByteBuf message = FakeClient.channelData(CHANNEL, hexPayload);
        client.send(transport.equals("UDP") ? message : message.writeZero(-message.readableBytes() & 3));
        relay.runTasks();
    }

    private TransportAddress relayedAddress() {
        return found(relayed);
    }

    private static int codeOf(StunMessage answer) {
        ErrorCode error = answer.find(ErrorCode.class);
        return error == null ? 0 : error.code();
    }

    private static <T> T found(@Nullable T value) {
        if (value == null) {
            throw new AssertionError("no answer, or not the attribute in it");
        }
        return value;
    }
}
