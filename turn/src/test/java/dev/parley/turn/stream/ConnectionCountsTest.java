package dev.parley.turn.stream;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.ice.address.IpAddress;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class ConnectionCountsTest {
    private final ConnectionCounts counts = new ConnectionCounts(
            new StreamLimits(3, 2, Duration.ZERO, Duration.ZERO, Duration.ZERO, Duration.ZERO, 1, 1));

    @Test
    void soManyMayEnterAndNotOneMore() {
        assertThat(counts.tryEnter()).isTrue();
        assertThat(counts.tryEnter()).isTrue();
        assertThat(counts.tryEnter()).isTrue();
        assertThat(counts.tryEnter()).isFalse();
        assertThat(counts.live()).isEqualTo(3);

        counts.leave();

        assertThat(counts.tryEnter()).isTrue();
    }

    @Test
    void soManyOfOneAddressMayBeginAndNotOneMore() {
        IpAddress alice = IpAddress.parse("192.0.2.1");
        assertThat(counts.tryBegin(alice)).isTrue();
        assertThat(counts.tryBegin(alice)).isTrue();
        assertThat(counts.tryBegin(alice)).isFalse();
        assertThat(counts.tryBegin(IpAddress.parse("192.0.2.2"))).isTrue();

        counts.end(alice);

        assertThat(counts.tryBegin(alice)).isTrue();
    }

    @Test
    void anIpv6NetworkCountsAsOneAddress() {
        assertThat(counts.tryBegin(IpAddress.parse("2001:db8::1"))).isTrue();
        assertThat(counts.tryBegin(IpAddress.parse("2001:db8::2"))).isTrue();
        assertThat(counts.tryBegin(IpAddress.parse("2001:db8::3"))).isFalse();
        assertThat(counts.tryBegin(IpAddress.parse("2001:db8:0:1::1"))).isTrue();
    }

    @Test
    void theTableShrinksWithItsAddresses() {
        for (int i = 1; i < 250; i++) {
            IpAddress address = IpAddress.parse("192.0.2." + i);
            assertThat(counts.tryBegin(address)).isTrue();
            assertThat(counts.tryBegin(address)).isTrue();
            assertThat(counts.tryBegin(address)).isFalse();
            counts.end(address);
            counts.end(address);
        }
        assertThat(counts.networks()).isZero();
    }
}
