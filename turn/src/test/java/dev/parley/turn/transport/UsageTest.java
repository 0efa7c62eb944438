package dev.parley.turn.transport;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.ice.address.TransportAddress;
import dev.parley.turn.core.ClientTransport;
import dev.parley.turn.loop.Usage;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Section 3, row 16: what each allocation relayed is known while it lives and told once when it ends. */
class UsageTest {
    private static final TransportAddress PEER = TransportAddress.parse("203.0.113.9:9999");
    private static final TransportAddress OTHER = TransportAddress.parse("203.0.113.10:9999");
    private static final int CHANNEL = 0x4000;

    private final RelayFixture relay = RelayFixture.withLoops(1);
    private final FakeClient alice = relay.client(0, "192.0.2.1:5000", "alice");

    @AfterEach
    void end() {
        relay.close();
        assertThat(relay.counters().failures()).isZero();
    }

    @Test
    void row16BytesPacketsPeersAndDurationAreToldWhenTheAllocationEnds() {
        TransportAddress relayed = alice.allocate();
        alice.bind(CHANNEL, PEER);
        alice.permit(OTHER);
        alice.send(FakeClient.channelData(CHANNEL, "cafe"), FakeClient.channelData(CHANNEL, "ca"));
        relay.fromPeer(PEER, relayed, "beef00");
        relay.fromPeer(OTHER, relayed, "");
        relay.fromPeer(TransportAddress.parse("203.0.113.11:1"), relayed, "00"); // a stranger
        relay.advance(Duration.ofSeconds(61));
        assertThat(relay.usages()).isEmpty();
        assertThat(RelayFixture.sent(relay.listener(0))).hasSize(2);

        alice.release();

        assertThat(relay.usages())
                .containsExactly(new Usage("alice", ClientTransport.UDP, Duration.ofSeconds(61), 3, 3, 2, 2, 2));
    }
}
