package dev.parley.turn.transport;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.ice.address.TransportAddress;
import dev.parley.turn.core.DropReason;
import dev.parley.turn.quota.BandwidthLimits;
import dev.parley.turn.quota.QuotaLimits;
import dev.parley.turn.quota.SharedQuotas;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Row 15 of the abuse table through the whole relay: packets below the cap leave at once, others never do. */
class BandwidthTest {
    private static final TransportAddress PEER = TransportAddress.parse("203.0.113.9:9999");
    private static final int CHANNEL = 0x4000;
    private static final String PACKET = "00".repeat(1000);

    private final SharedQuotas quotas =
            new SharedQuotas(new QuotaLimits(9, 9, 9), new BandwidthLimits(100_000, 150_000, 0));
    private final RelayFixture relay = RelayFixture.withQuotas(quotas);
    private final FakeClient alice = relay.client(0, "192.0.2.1:5000", "alice");
    private final TransportAddress relayed = alice.allocate();

    @AfterEach
    void close() {
        relay.close();
        assertThat(relay.counters().failures()).isZero();
    }

    @Test
    void row15BelowTheCapEveryPacketLeavesInTheTurnItCame() {
        alice.bind(CHANNEL, PEER);
        for (int i = 0; i < 400; i++) {
            relay.advance(Duration.ofNanos(12_500_000)); // 80 packets of 1000 bytes a second
            alice.send(FakeClient.channelData(CHANNEL, PACKET));
            assertThat(RelayFixture.sent(relay.relay(relayed))).hasSize(1);
        }
        System.out.println("row 15: 400 packets at four fifths of the cap, each left at once: no queue, no delay");
    }

    @Test
    void row15BothDirectionsCountAndTheFirstPacketOverIsDropped() {
        alice.bind(CHANNEL, PEER);
        int up = 0;
        int down = 0;
        for (int i = 0; i < 100; i++) {
            alice.send(FakeClient.channelData(CHANNEL, PACKET));
            relay.fromPeer(PEER, relayed, PACKET);
            up += RelayFixture.sent(relay.relay(relayed)).size();
            down += RelayFixture.sent(relay.listener(0)).size();
        }
        System.out.printf("row 15: 200 packets offered at once, %d up and %d down relayed%n", up, down);
        assertThat(up + down).isEqualTo(100);
        assertThat(relay.counters().drops(DropReason.ALLOCATION_BANDWIDTH)).isEqualTo(100);
    }

    @Test
    void aUsersAllocationsShareAndAReloadChangesTheLimit() {
        alice.bind(CHANNEL, PEER);
        FakeClient second = relay.client(0, "192.0.2.1:5001", "alice");
        TransportAddress other = second.allocate();
        second.bind(CHANNEL, PEER);
        for (int i = 0; i < 100; i++) {
            alice.send(FakeClient.channelData(CHANNEL, PACKET));
            second.send(FakeClient.channelData(CHANNEL, PACKET));
        }
        assertThat(RelayFixture.sent(relay.relay(relayed))).isNotEmpty();
        assertThat(RelayFixture.sent(relay.relay(other))).isNotEmpty();
        assertThat(relay.counters().drops(DropReason.USER_BANDWIDTH)).isEqualTo(50);

        quotas.changeLimits(new QuotaLimits(9, 9, 9), BandwidthLimits.NONE);
        alice.send(FakeClient.channelData(CHANNEL, PACKET));
        assertThat(RelayFixture.sent(relay.relay(relayed))).hasSize(1);
    }
}
