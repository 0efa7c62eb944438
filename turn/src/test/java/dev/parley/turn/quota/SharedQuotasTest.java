package dev.parley.turn.quota;

import static dev.parley.turn.core.Quotas.QuotaDecision.ADDRESS_EXHAUSTED;
import static dev.parley.turn.core.Quotas.QuotaDecision.ADMITTED;
import static dev.parley.turn.core.Quotas.QuotaDecision.TOTAL_EXHAUSTED;
import static dev.parley.turn.core.Quotas.QuotaDecision.USER_EXHAUSTED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parley.ice.address.IpAddress;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SharedQuotasTest {
    private static final IpAddress HERE = IpAddress.parse("198.51.100.7");
    private static final IpAddress THERE = IpAddress.parse("198.51.100.8");

    @Test
    void eachLimitHoldsAndARefusalCountsNowhere() {
        SharedQuotas quotas = new SharedQuotas(new QuotaLimits(2, 3, 4));
        assertThat(quotas.tryAcquire("alice", HERE)).isEqualTo(ADMITTED);
        assertThat(quotas.tryAcquire("alice", HERE)).isEqualTo(ADMITTED);
        assertThat(quotas.tryAcquire("alice", THERE)).isEqualTo(USER_EXHAUSTED);
        assertThat(quotas.tryAcquire("bob", HERE)).isEqualTo(ADMITTED);
        assertThat(quotas.tryAcquire("bob", HERE)).isEqualTo(ADDRESS_EXHAUSTED);
        assertThat(quotas.tryAcquire("bob", THERE)).isEqualTo(ADMITTED);
        assertThat(quotas.tryAcquire("carol", THERE)).isEqualTo(TOTAL_EXHAUSTED);
        assertThat(quotas.total()).isEqualTo(4);

        quotas.release("alice", HERE);
        assertThat(quotas.tryAcquire("carol", THERE)).isEqualTo(ADMITTED);
        assertThat(quotas.total()).isEqualTo(4);
    }

    @Test
    void anIpv6NetworkOf64BitsIsOneSource() {
        SharedQuotas quotas = new SharedQuotas(new QuotaLimits(9, 1, 9));
        assertThat(quotas.tryAcquire("alice", IpAddress.parse("2606:4700::1"))).isEqualTo(ADMITTED);
        assertThat(quotas.tryAcquire("bob", IpAddress.parse("2606:4700::2"))).isEqualTo(ADDRESS_EXHAUSTED);
        assertThat(quotas.tryAcquire("bob", IpAddress.parse("2606:4700:0:1::2")))
                .isEqualTo(ADMITTED);
        quotas.release("alice", IpAddress.parse("2606:4700::1"));
        assertThat(quotas.tryAcquire("carol", IpAddress.parse("2606:4700::3"))).isEqualTo(ADMITTED);
    }

    @Test
    void manyThreadsNeverExceedALimitNorLoseACount() {
        SharedQuotas quotas = new SharedQuotas(new QuotaLimits(50, 1000, 1000));
        long admitted = IntStream.range(0, 10_000)
                .parallel()
                .filter(i -> quotas.tryAcquire("alice", HERE) == ADMITTED)
                .count();
        assertThat(admitted).isEqualTo(50);
        IntStream.range(0, 50).parallel().forEach(i -> quotas.release("alice", HERE));
        assertThat(quotas.total()).isZero();
    }

    @Test
    void payingBackTwiceIsOurBug() {
        SharedQuotas quotas = new SharedQuotas(new QuotaLimits(1, 1, 1));
        assertThatThrownBy(() -> quotas.release("alice", HERE)).isInstanceOf(IllegalStateException.class);
    }
}
