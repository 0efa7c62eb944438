package dev.parley.turn.loop;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.UnknownHostException;
import org.junit.jupiter.api.Test;

class SourceBudgetTest {
    private static final long SECOND_NANOS = 1_000_000_000L;

    private final SourceBudget budget = new SourceBudget(10, 1000, 0x5eed);

    @Test
    void aSourceGetsItsTenAnswersASecondAndNotEleven() {
        InetAddress source = ip("192.0.2.1");

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
    void allSourcesTogetherGetNoMoreThanTheTotal() throws UnknownHostException {
        int answers = 0;
        for (int i = 0; i < 5000; i++) {
            InetAddress source = InetAddress.getByAddress(new byte[] {(byte) 198, 51, (byte) (i >> 8), (byte) i});
            answers += taken(source, 1, 0);
        }

        assertThat(answers).isEqualTo(1000);
        assertThat(taken(ip("192.0.2.1"), 1, SECOND_NANOS)).isEqualTo(1);
    }

    private int taken(InetAddress source, int attempts, long nowNanos) {
        int taken = 0;
        for (int i = 0; i < attempts; i++) {
            if (budget.tryTake(source, nowNanos)) {
                taken++;
            }
        }
        return taken;
    }

    private static InetAddress ip(String literal) {
        try {
            return InetAddress.getByName(literal);
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException(e);
        }
    }
}
