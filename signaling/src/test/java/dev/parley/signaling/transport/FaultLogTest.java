package dev.parley.signaling.transport;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class FaultLogTest {

    @Test
    void onlySoManyLinesASecondAreWritten() {
        AtomicLong nowNanos = new AtomicLong(-3);
        FaultLog log = new FaultLog(new HubCounters(), nowNanos::get);
        for (int i = 0; i < FaultLog.LINES_PER_SECOND; i++) {
            assertThat(log.mayLog()).isTrue();
        }
        assertThat(log.mayLog()).isFalse();
        nowNanos.addAndGet(999_999_999);
        assertThat(log.mayLog()).isFalse();
        nowNanos.addAndGet(1);
        assertThat(log.mayLog()).isTrue();
    }
}
