package dev.parley.turn.loop;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.ice.address.AddressFamily;
import dev.parley.ice.address.IpAddress;
import dev.parley.ice.address.TransportAddress;
import org.junit.jupiter.api.Test;

class SourceBudgetTest {
    private static final long SECOND_NANOS = 1_000_000_000L;

    private final SourceBudget budget = new SourceBudget(10, 1000, 0x5eed);

    @Test
    void aSourceGetsItsTenAnswersASecondAndNotEleven() {
        TransportAddress source = ip("192.0.2.1");

        assertThat(taken(source, 100, 0)).isEqualTo(10);
        assertThat(taken(source, 100, SECOND_NANOS - 1)).isZero();
        assertThat(taken(source, 100, SECOND_NANOS)).isEqualTo(10);
    }

    @Test
    void anotherSourceIsNotAffected() {
        taken(ip("192.0.2.1"), 100, 0);

        assertThat(taken(ip("192.0.2.2"), 100, 0)).isEqualTo(10);
    }

    @Test
    void anIpv6NetworkOf64BitsIsOneSource() {
        taken(ip("2001:db8:1:2::1"), 100, 0);

        assertThat(taken(ip("2001:db8:1:2:ffff::2"), 100, 0)).isZero();
        assertThat(taken(ip("2001:db8:1:3::1"), 100, 0)).isEqualTo(10);
    }

    @Test
    void allSourcesTogetherGetNoMoreThanTheTotal() {
        int answers = 0;
        for (int i = 0; i < 5000; i++) {
            TransportAddress source = new TransportAddress(AddressFamily.IPV4, 0, 0xC633_0000L + i, 5000);
            answers += taken(source, 1, 0);
        }

        assertThat(answers).isEqualTo(1000);
        assertThat(taken(ip("192.0.2.1"), 1, SECOND_NANOS)).isEqualTo(1);
    }

    private int taken(TransportAddress source, int attempts, long nowNanos) {
        int taken = 0;
        for (int i = 0; i < attempts; i++) {
            if (budget.tryTake(source, nowNanos)) {
                taken++;
            }
        }
        return taken;
    }

    /** Row 3: an unproven source gets ten, whatever others have proven; a big office gets what it needs. */
    @Test
    void aSourceThatReceivesOurAnswersGetsMoreForAsLongAsItsNonceLives() {
        TransportAddress office = ip("192.0.2.1");
        budget.prove(office, 0);

        assertThat(taken(office, 10_000, 0)).isEqualTo(10 * SourceBudget.PROVEN_FACTOR);
        assertThat(taken(ip("192.0.2.2"), 100, SECOND_NANOS)).isEqualTo(10);
        long proofEnds = (SourceBudget.PROVEN_SECONDS + 1) * SECOND_NANOS;
        assertThat(taken(office, 10_000, proofEnds - 1)).isEqualTo(10 * SourceBudget.PROVEN_FACTOR);
        assertThat(taken(office, 10_000, proofEnds)).isEqualTo(10);
    }

    @Test
    void manyProvenSourcesDoNotLendTheirBudgetToASpoofedOne() {
        for (int i = 0; i < 20_000; i++) {
            budget.prove(new TransportAddress(AddressFamily.IPV4, 0, 0x0B00_0000L + i, 1), 0);
        }
        for (int i = 0; i < 50; i++) {
            assertThat(taken(ip("192.0.2." + i), 100, i * SECOND_NANOS)).isLessThanOrEqualTo(10);
        }
    }

    @Test
    void changedLimitsHoldAtOnce() {
        budget.changeLimits(2, 3);

        assertThat(taken(ip("192.0.2.1"), 10, 0)).isEqualTo(2);
        assertThat(taken(ip("192.0.2.2"), 10, 0)).isEqualTo(1);
    }

    private static TransportAddress ip(String literal) {
        return TransportAddress.of(IpAddress.parse(literal), 5000);
    }
}
