package dev.parley.turn.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parley.ice.address.TransportAddress;
import dev.parley.ice.stun.StunMethod;
import dev.parley.turn.core.ClientTransport;
import dev.parley.turn.loop.ConnectionEnd;
import dev.parley.turn.stream.StreamLimits;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** TLS on the port of plain TCP: told apart by the first byte, and again inside. */
class StreamTlsTest {
    private static final TransportAddress PEER = TransportAddress.parse("203.0.113.9:9999");
    private static final int CHANNEL = 0x4000;

    private final RelayFixture relay = RelayFixture.withLoops(1);
    private final FakeStream stream = relay.stream(0, "192.0.2.1:5000");

    @AfterEach
    void close() {
        relay.close();
        assertThat(relay.counters().failures()).isZero();
    }

    @Test
    void aClientAllocatesAndRelaysBothWays() {
        FakeTlsStream tls = new FakeTlsStream(stream);
        FakeClient alice = new FakeClient(tls, "alice");
        TransportAddress relayed = alice.allocate();
        alice.bind(CHANNEL, PEER);

        tls.send(Unpooled.copiedBuffer(ByteBufUtil.decodeHexDump("4000000101000000")));
        assertThat(RelayFixture.sent(relay.relay(relayed))).containsExactly(PEER + " 01");
        relay.fromPeer(PEER, relayed, "0203");

        assertThat(ByteBufUtil.hexDump(tls.receive())).isEqualTo("4000000202030000");
        assertThat(relay.counters().connectionsLive(ClientTransport.TLS)).isEqualTo(1);
        assertThat(relay.counters().connectionsLive(ClientTransport.TCP)).isZero();
        tls.close();
    }

    @Test
    void theNamesOfRfc7443AreAgreedToAndNoNameIsFine() {
        assertThat(agreedTo(5001, "stun.turn")).isEqualTo("stun.turn");
        assertThat(agreedTo(5002, "stun.nat-discovery")).isEqualTo("stun.nat-discovery");
        assertThat(agreedTo(5003, "h2", "stun.turn")).isEqualTo("stun.turn");
        assertThat(agreedTo(5004)).isNull();
    }

    @Test
    void otherNamesOnlyGetTheAlertOfRfc7301() {
        FakeTlsStream tls = new FakeTlsStream(stream, "h2", "http/1.1");

        assertThatThrownBy(tls::shakeHands).hasMessageContaining("NO_APPLICATION_PROTOCOL");
        assertThat(tls.isSafe()).isFalse();
        assertThat(stream.isOpen()).isFalse();
        assertThat(relay.counters().connectionsEnded(ConnectionEnd.NO_APPLICATION_PROTOCOL))
                .isEqualTo(1);
        tls.close();
    }

    @Test
    void aHelloThatClaimsToBeHugeEndsTheConnection() {
        stream.send(Unpooled.copiedBuffer(ByteBufUtil.decodeHexDump("16030140000100400101")));

        assertThat(stream.isOpen()).isTrue();
        stream.send(Unpooled.buffer().writeZero(16 << 10));
        assertThat(stream.isOpen()).isFalse();
        assertThat(relay.counters().connectionsEnded(ConnectionEnd.TLS_FAILED)).isEqualTo(1);
    }

    private @Nullable String agreedTo(int port, String... names) {
        FakeTlsStream tls = new FakeTlsStream(relay.stream(0, "192.0.2.1:" + port), names);
        assertThat(new FakeClient(tls, "alice").request(StunMethod.BINDING)).isNotNull();
        String agreed = tls.applicationProtocol();
        tls.close();
        return agreed;
    }

    @Test
    void httpInsideIsClosedAsItIsOutside() {
        FakeTlsStream tls = new FakeTlsStream(stream);
        tls.shakeHands();
        assertThat(tls.isSafe()).isTrue();
        tls.send(Unpooled.copiedBuffer("GET / HTTP/1.1\r\n\r\n", StandardCharsets.US_ASCII));

        assertThat(tls.receive()).isNull();
        assertThat(stream.isOpen()).isFalse();
        assertThat(relay.counters().connectionsEnded(ConnectionEnd.NOT_STUN)).isEqualTo(1);
        tls.close();
    }

    @Test
    void tlsIsNotLookedForInsideOfTls() {
        FakeTlsStream tls = new FakeTlsStream(stream);
        tls.shakeHands();
        tls.send(Unpooled.copiedBuffer(ByteBufUtil.decodeHexDump("160301000401000000")));

        assertThat(stream.isOpen()).isFalse();
        assertThat(relay.counters().connectionsEnded(ConnectionEnd.NOT_STUN)).isEqualTo(1);
        tls.close();
    }

    @Test
    void aBrokenHandshakeEndsTheConnectionAndIsNoMistakeOfOurs() {
        stream.sendHex("160301000501000001ff" + "ff".repeat(20));

        assertThat(stream.isOpen()).isFalse();
        assertThat(relay.counters().connectionsEnded(ConnectionEnd.TLS_FAILED)).isEqualTo(1);
    }

    @Test
    void aStalledHandshakeEndsInTimeAndNotOneTickEarlier() {
        stream.sendHex("16030100c8010000c40303");
        relay.advance(StreamLimits.DEFAULT.handshake().minus(Duration.ofNanos(1)));
        assertThat(stream.isOpen()).isTrue();
        relay.advance(Duration.ofNanos(1));

        assertThat(stream.isOpen()).isFalse();
        assertThat(relay.counters().connectionsEnded(ConnectionEnd.HANDSHAKE_TIMEOUT))
                .isEqualTo(1);
        assertThat(relay.connectionCounts().live()).isZero();
    }

    @Test
    void afterTheHandshakeTheFirstMessageHasItsOwnTime() {
        relay.advance(Duration.ofSeconds(5));
        FakeTlsStream tls = new FakeTlsStream(stream);
        tls.shakeHands();
        relay.advance(StreamLimits.DEFAULT.firstMessage().minus(Duration.ofNanos(1)));
        assertThat(stream.isOpen()).isTrue();
        relay.advance(Duration.ofNanos(1));

        assertThat(stream.isOpen()).isFalse();
        assertThat(relay.counters().connectionsEnded(ConnectionEnd.FIRST_MESSAGE_TIMEOUT))
                .isEqualTo(1);
        tls.close();
    }

    @Test
    void theAllocationEndsWithItsConnection() {
        FakeTlsStream tls = new FakeTlsStream(stream);
        new FakeClient(tls, "alice").allocate();
        stream.close();

        assertThat(relay.counters().allocationsLive()).isZero();
        assertThat(relay.counters().connectionsLive(ClientTransport.TLS)).isZero();
        tls.close();
    }
}
