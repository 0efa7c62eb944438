package dev.parley.turn.transport;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.ice.address.TransportAddress;
import dev.parley.ice.stun.StunMessage;
import dev.parley.ice.stun.StunMethod;
import dev.parley.ice.stun.attribute.Attribute;
import dev.parley.ice.stun.attribute.ErrorCode;
import dev.parley.ice.stun.attribute.EvenPort;
import dev.parley.ice.stun.attribute.Lifetime;
import dev.parley.ice.stun.attribute.RequestedAddressFamily;
import dev.parley.ice.stun.attribute.ReservationToken;
import dev.parley.ice.stun.attribute.XorRelayedAddress;
import dev.parley.turn.core.Lifetimes;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * EVEN-PORT and RESERVATION-TOKEN (RFC 8656 section 7.2), the second allocation on the same event loop and on
 * another.
 */
class PortPairTest {
    private static final int POOL = 100;

    @Test
    void anEvenPortIsEvenAndHoldsNothing() {
        try (RelayFixture relay = RelayFixture.withLoops(1)) {
            for (int i = 0; i < POOL / 2; i++) {
                StunMessage answer =
                        relay.client(0, source(i) + ":5000", "alice").allocateAnswer(new EvenPort(false));
                assertThat(portIn(answer) & 1).isZero();
                assertThat(answer.has(ReservationToken.class)).isFalse();
            }
            assertThat(relay.client(0, "192.0.2.2:1", "bob").allocate().port() & 1)
                    .isOne();
            assertThat(code(relay.client(0, "192.0.2.2:2", "bob").allocateAnswer(new EvenPort(false))))
                    .isEqualTo(508);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void theTokenLeadsToTheNextPort(int loops) {
        try (RelayFixture relay = RelayFixture.withLoops(loops)) {
            StunMessage first = relay.client(0, "192.0.2.1:5000", "alice").allocateAnswer(new EvenPort(true));
            FakeClient second = relay.client(loops - 1, "192.0.2.1:5001", "alice");
            TransportAddress next = second.allocate(token(first));

            assertThat(portIn(first) & 1).isZero();
            assertThat(next.port()).isEqualTo(portIn(first) + 1);
            FakeClient bob = relay.client(0, "192.0.2.2:5000", "bob");
            second.permit(bob.allocate());
            bob.bind(0x4000, next);
            bob.send(FakeClient.channelData(0x4000, "cafe"));
            relay.runTasks();
            assertThat(RelayFixture.sent(relay.listener(loops - 1)))
                    .as("what is sent to the second relayed address arrives")
                    .anyMatch(sent -> sent.contains("cafe"));
        }
    }

    @Test
    void aTokenWorksOnceAndForItsUserOnly() {
        try (RelayFixture relay = RelayFixture.withLoops(1)) {
            StunMessage first = relay.client(0, "192.0.2.1:5000", "alice").allocateAnswer(new EvenPort(true));
            ReservationToken token = token(first);
            assertThat(code(relay.client(0, "192.0.2.2:5000", "bob").allocateAnswer(token)))
                    .isEqualTo(508);
            assertThat(code(relay.client(0, "192.0.2.1:5001", "alice").allocateAnswer(token)))
                    .isZero();
            assertThat(code(relay.client(0, "192.0.2.1:5002", "alice").allocateAnswer(token)))
                    .isEqualTo(508);
        }
    }

    @Test
    void aTokenDoesNotGoTogetherWithOtherWishes() {
        try (RelayFixture relay = RelayFixture.withLoops(1)) {
            FakeClient alice = relay.client(0, "192.0.2.1:5000", "alice");
            FakeClient bob = relay.client(0, "192.0.2.2:5000", "bob");
            assertThat(code(alice.allocateAnswer(new ReservationToken(1), new EvenPort(false))))
                    .isEqualTo(400);
            assertThat(code(bob.allocateAnswer(new ReservationToken(1), new RequestedAddressFamily(1))))
                    .isEqualTo(400);
        }
    }

    @Test
    void aHoldLastsThirtySecondsAndNotOneTickLonger() {
        assertThat(Lifetimes.PORT_HOLD).isEqualTo(Duration.ofSeconds(30));
        assertThat(codeOfClaimAfter(Lifetimes.PORT_HOLD.minusNanos(1))).isZero();
        assertThat(codeOfClaimAfter(Lifetimes.PORT_HOLD)).isEqualTo(508);
    }

    private static int codeOfClaimAfter(Duration wait) {
        try (RelayFixture relay = RelayFixture.withLoops(1)) {
            StunMessage first = relay.client(0, "192.0.2.1:5000", "alice").allocateAnswer(new EvenPort(true));
            relay.advance(wait);
            return code(relay.client(0, "192.0.2.1:5001", "alice").allocateAnswer(token(first)));
        }
    }

    /** CVE-2026-73215 in another server: an allocation that ended left the port next to it taken for ever. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void noPortIsLostHoweverPairsEnd(boolean claimed) {
        try (RelayFixture relay = RelayFixture.withLoops(2)) {
            for (int round = 0; round < 3 * POOL; round++) {
                FakeClient first = relay.client(0, source(round) + ":5000", "alice");
                FakeClient second = relay.client(1, source(round) + ":5001", "alice");
                StunMessage answer = first.allocateAnswer(new EvenPort(true));
                assertThat(code(answer)).as("round %d", round).isZero();
                if (claimed) {
                    assertThat(code(second.allocateAnswer(token(answer)))).isZero();
                }
                end(first);
                if (claimed) {
                    end(second);
                }
                relay.runTasks();
                relay.advance(Lifetimes.PORT_HOLD);
            }
        }
    }

    /** RFC 8656 section 7.2: the reservation is held for 30 seconds, whatever becomes of who made it. */
    @Test
    void aHoldOutlivesTheAllocationThatAskedForIt() {
        try (RelayFixture relay = RelayFixture.withLoops(1)) {
            FakeClient first = relay.client(0, "192.0.2.1:5000", "alice");
            StunMessage answer = first.allocateAnswer(new EvenPort(true));
            end(first);
            relay.advance(Lifetimes.PORT_HOLD.minusNanos(1));
            assertThat(code(relay.client(0, "192.0.2.1:5001", "alice").allocateAnswer(token(answer))))
                    .isZero();
        }
    }

    /** An address that was not used before: unsigned requests of one address are answered only so often. */
    private static String source(int number) {
        return "198.18." + number / 200 + "." + (number % 200 + 1);
    }

    private static void end(FakeClient client) {
        client.request(StunMethod.REFRESH, new Lifetime(0));
    }

    private static int portIn(StunMessage answer) {
        return require(answer, XorRelayedAddress.class).address().port();
    }

    private static ReservationToken token(StunMessage answer) {
        return require(answer, ReservationToken.class);
    }

    private static int code(StunMessage answer) {
        ErrorCode error = answer.find(ErrorCode.class);
        return error == null ? 0 : error.code();
    }

    private static <A extends Attribute> A require(StunMessage answer, Class<A> type) {
        A attribute = answer.find(type);
        if (attribute == null) {
            throw new AssertionError("no " + type.getSimpleName() + " in " + answer);
        }
        return attribute;
    }
}
