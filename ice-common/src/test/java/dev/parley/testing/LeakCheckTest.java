package dev.parley.testing;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.Unpooled;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class LeakCheckTest {
    @BeforeEach
    void forgetEarlierLeaks() throws InterruptedException {
        LeakCheck.collectReports();
    }

    /** Netty prints a report of this one leak, too. */
    @Test
    void forgottenBufferIsReportedOnce() throws InterruptedException {
        forgetABuffer();

        assertThat(LeakCheck.collectReports()).singleElement().asString().contains("LeakCheckTest.forgetABuffer");
        assertThat(LeakCheck.collectReports()).isEmpty();
    }

    private static void forgetABuffer() {
        ByteBufAllocator.DEFAULT.directBuffer(16).writeInt(1);
    }

    @Test
    void releasedAndHeldBuffersAreNotReported() throws InterruptedException {
        List<ByteBuf> held = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            held.add(ByteBufAllocator.DEFAULT.buffer(16));
            ByteBufAllocator.DEFAULT.buffer(16).release();
            held.add(Unpooled.directBuffer(16));
        }

        assertThat(LeakCheck.collectReports()).isEmpty();
        held.forEach(ByteBuf::release);
    }
}
