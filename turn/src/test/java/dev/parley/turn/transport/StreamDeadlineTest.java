package dev.parley.turn.transport;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.ice.stun.StunMethod;
import dev.parley.turn.loop.ConnectionEnd;
import dev.parley.turn.stream.StreamLimits;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Row 10: what a slow or silent client holds, and for how long. */
class StreamDeadlineTest {
    private static final StreamLimits LIMITS = StreamLimits.DEFAULT;
    private static final Duration TICK = Duration.ofNanos(1);

    private final RelayFixture relay = RelayFixture.withLoops(1);
    private final FakeStream stream = relay.stream(0, "192.0.2.1:5000");
    private final FakeClient alice = new FakeClient(stream, "alice");

    @AfterEach
    void close() {
        relay.close();
        assertThat(relay.counters().failures()).isZero();
    }

    @Test
    void theDefaultsAreThoseOfTheHandbook() {
        assertThat(LIMITS.handshake()).isEqualTo(Duration.ofSeconds(10));
        assertThat(LIMITS.firstMessage()).isEqualTo(Duration.ofSeconds(10));
        assertThat(LIMITS.idleUnauthenticated()).isEqualTo(Duration.ofSeconds(15));
        assertThat(LIMITS.idleAuthenticated()).isEqualTo(Duration.ofMinutes(1));
        assertThat(LIMITS.unauthenticatedPerAddress()).isEqualTo(64);
        assertThat(StreamLimits.FRAME_UNAUTHENTICATED).isEqualTo(4096);
        assertThat(StreamLimits.FRAME_AUTHENTICATED).isEqualTo(65_539);
    }

    @Test
    void aSilentConnectionEndsInTimeAndNotOneTickEarlier() {
        closesAfter(LIMITS.handshake(), ConnectionEnd.HANDSHAKE_TIMEOUT);
    }

    @Test
    void drippingBuysNoTimeForTheFirstMessage() {
        String request = "000100002112a44201";
        for (int second = 0; second < 9; second++) {
            relay.advance(Duration.ofSeconds(1));
            stream.sendHex(request.substring(2 * second, 2 * second + 2));
        }
        relay.advance(Duration.ofSeconds(1).minus(TICK));
        assertThat(stream.isOpen()).isTrue();
        relay.advance(TICK);
        assertThat(stream.isOpen()).isFalse();
        assertThat(relay.counters().connectionsEnded(ConnectionEnd.FIRST_MESSAGE_TIMEOUT))
                .isEqualTo(1);
    }

    @Test
    void withoutACredentialAConnectionIsSoonIdle() {
        alice.request(StunMethod.BINDING);
        relay.advance(LIMITS.idleUnauthenticated().minus(TICK));
        alice.request(StunMethod.BINDING);

        closesAfter(LIMITS.idleUnauthenticated(), ConnectionEnd.IDLE);
    }

    @Test
    void drippingIsNoSignOfLife() {
        alice.request(StunMethod.BINDING);
        relay.advance(LIMITS.idleUnauthenticated().minus(TICK));
        stream.sendHex("0001");

        closesAfter(TICK, ConnectionEnd.IDLE);
    }

    @Test
    void withACredentialButWithoutAnAllocationItIsIdleLater() {
        alice.allocate();
        alice.release();

        closesAfter(LIMITS.idleAuthenticated(), ConnectionEnd.IDLE);
    }

    @Test
    void withAnAllocationItMayBeSilentAsLongAsThatLives() {
        alice.allocate();
        relay.advance(Duration.ofMinutes(10).minus(TICK));
        assertThat(stream.isOpen()).isTrue();

        relay.advance(LIMITS.idleAuthenticated());
        assertThat(relay.counters().allocationsLive()).isZero();
        assertThat(stream.isOpen()).isFalse();
        assertThat(relay.counters().connectionsEnded(ConnectionEnd.IDLE)).isEqualTo(1);
    }

    @Test
    void soManyConnectionsOfOneAddressWithoutACredentialAndNotOneMore() {
        for (int i = 1; i < LIMITS.unauthenticatedPerAddress(); i++) {
            assertThat(relay.stream(0, "192.0.2.1:" + (5000 + i)).isOpen()).isTrue();
        }
        assertThat(relay.stream(0, "192.0.2.1:6000").isOpen()).isFalse();
        assertThat(relay.counters().connectionsEnded(ConnectionEnd.TOO_MANY_OF_ADDRESS))
                .isEqualTo(1);
        assertThat(relay.stream(0, "192.0.2.2:6000").isOpen()).isTrue();

        alice.allocate();
        assertThat(relay.stream(0, "192.0.2.1:6001").isOpen())
                .as("a credential makes room")
                .isTrue();
        assertThat(relay.stream(0, "192.0.2.1:6002").isOpen()).isFalse();
    }

    @Test
    void soManyConnectionsInAllAndNotOneMore() {
        FakeStream last = stream;
        for (int i = 1; i < RelayFixture.CONNECTIONS; i++) {
            last = relay.stream(0, "198.18.0." + (i / 50 + 1) + ":" + (5000 + i));
            assertThat(last.isOpen()).isTrue();
        }
        assertThat(relay.stream(0, "192.0.2.9:6000").isOpen()).isFalse();
        assertThat(relay.counters().connectionsEnded(ConnectionEnd.TOO_MANY)).isEqualTo(1);

        last.close();
        assertThat(relay.stream(0, "192.0.2.9:6001").isOpen()).isTrue();
    }

    private void closesAfter(Duration time, ConnectionEnd reason) {
        relay.advance(time.minus(TICK));
        assertThat(stream.isOpen()).isTrue();
        relay.advance(TICK);
        assertThat(stream.isOpen()).isFalse();
        assertThat(relay.counters().connectionsEnded(reason)).isEqualTo(1);
        assertThat(relay.connectionCounts().live()).isZero();
        assertThat(relay.connectionCounts().networks()).isZero();
    }
}
