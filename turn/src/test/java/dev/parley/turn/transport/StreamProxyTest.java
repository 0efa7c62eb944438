package dev.parley.turn.transport;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.ice.address.TransportAddress;
import dev.parley.ice.stun.StunMessage;
import dev.parley.ice.stun.StunMethod;
import dev.parley.ice.stun.attribute.XorMappedAddress;
import dev.parley.turn.loop.ConnectionEnd;
import dev.parley.turn.stream.StreamLimits;
import io.netty.buffer.ByteBufUtil;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Row 64: behind a load balancer the client's address is the one that the balancer tells, and only it is asked. */
class StreamProxyTest {
    private static final String HOP = "10.9.0.1:40000";
    private static final String LINE = "PROXY TCP4 192.0.2.7 198.51.100.1 51234 3478\r\n";
    private static final String BINARY = "0d0a0d0a000d0a515549540a" + "2111000c" + "c0000207c6336401c8220d96";

    private final RelayFixture relay = RelayFixture.withLoops(1);
    private final FakeStream stream = relay.stream(0, HOP);
    private final FakeClient alice = new FakeClient(stream, "alice");

    @AfterEach
    void close() {
        relay.close();
        assertThat(relay.counters().failures()).isZero();
    }

    @Test
    void theAnnouncedAddressIsTheClients() {
        stream.sendText(LINE);
        assertThat(mapped()).isEqualTo(TransportAddress.parse("192.0.2.7:51234"));
        TransportAddress relayed = alice.allocate();
        assertThat(relay.notices()).containsExactly("opened alice 192.0.2.7:51234 " + relayed);
    }

    @Test
    void theHeaderMayComeByteByByteOrTogetherWithTheFirstRequest() {
        for (int i = 0; i < BINARY.length(); i += 2) {
            stream.sendHex(BINARY.substring(i, i + 2));
        }
        assertThat(mapped()).isEqualTo(TransportAddress.parse("192.0.2.7:51234"));

        FakeStream together = relay.stream(0, "10.9.0.1:40001");
        String request = ByteBufUtil.hexDump(alice.requestBytes(StunMethod.BINDING));
        together.sendHex(ByteBufUtil.hexDump(
                        "PROXY TCP4 192.0.2.8 198.51.100.1 51234 3478\r\n".getBytes(StandardCharsets.US_ASCII))
                + request);
        assertThat(together.frames()).hasSize(1);
    }

    @Test
    void itMayStandInFrontOfTls() {
        stream.sendHex(BINARY);
        FakeTlsStream tls = new FakeTlsStream(stream);
        StunMessage answer = new FakeClient(tls, "alice").request(StunMethod.BINDING);
        assertThat(answer.find(XorMappedAddress.class))
                .isEqualTo(new XorMappedAddress(TransportAddress.parse("192.0.2.7:51234")));
        tls.close();
    }

    @Test
    void aHealthCheckOfTheHopHasTheHopsAddress() {
        stream.sendHex("0d0a0d0a000d0a515549540a20000000");
        assertThat(mapped()).isEqualTo(TransportAddress.parse(HOP));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0d0a0d0a000d0a515549540aff11000c", // waited for ever in another server
                "000100002112a442",
                "16030100c8010000",
                "474554202f20485454502f312e310d0a",
                "0d0a0d0a000d0a515549540a2111ffff",
                "50524f58592054435034203139322e302e322e37200d0a"
            })
    void aHopThatSaysSomethingElseIsClosedWithoutAByte(String opening) {
        stream.sendHex(opening);
        assertThat(stream.isOpen()).isFalse();
        assertThat(stream.bytesReceived()).isZero();
        assertThat(relay.counters().connectionsEnded(ConnectionEnd.BAD_PROXY_HEADER))
                .isEqualTo(1);
        assertThat(relay.connectionCounts().live()).isZero();
    }

    @Test
    void aHeaderFromAnybodyElseIsNotInterpreted() {
        FakeStream text = relay.stream(0, "192.0.2.1:5000");
        text.sendText(LINE);
        assertThat(text.isOpen()).isFalse();
        FakeStream binary = relay.stream(0, "192.0.2.1:5001");
        binary.sendHex(BINARY);
        assertThat(binary.isOpen()).isFalse();
        assertThat(relay.counters().connectionsEnded(ConnectionEnd.NOT_STUN)).isEqualTo(2);
    }

    @Test
    void aHopThatSaysNothingIsClosedInTime() {
        relay.advance(StreamLimits.DEFAULT.handshake());
        assertThat(stream.isOpen()).isFalse();
        assertThat(relay.counters().connectionsEnded(ConnectionEnd.HANDSHAKE_TIMEOUT))
                .isEqualTo(1);
    }

    @Test
    void theLimitOfAnAddressIsThatOfTheAnnouncedOne() {
        int most = StreamLimits.DEFAULT.unauthenticatedPerAddress();
        for (int i = 0; i < most + 1; i++) {
            FakeStream connection = relay.stream(0, "10.9.0.1:" + (41_000 + i));
            connection.sendText("PROXY TCP4 192.0.2.7 198.51.100.1 " + (50_000 + i) + " 3478\r\n");
            assertThat(connection.isOpen()).as("connection %d", i + 1).isEqualTo(i < most);
        }
        stream.sendText("PROXY TCP4 192.0.2.8 198.51.100.1 50000 3478\r\n");
        assertThat(stream.isOpen()).isTrue();
    }

    private TransportAddress mapped() {
        XorMappedAddress mapped = alice.request(StunMethod.BINDING).find(XorMappedAddress.class);
        return mapped == null ? TransportAddress.parse("0.0.0.0:0") : mapped.address();
    }
}
