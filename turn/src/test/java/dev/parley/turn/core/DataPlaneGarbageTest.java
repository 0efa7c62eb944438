package dev.parley.turn.core;

import static dev.parley.turn.core.TurnFixture.ALICE;
import static dev.parley.turn.core.TurnFixture.BOB;
import static dev.parley.turn.core.TurnFixture.CHANNEL;
import static dev.parley.turn.core.TurnFixture.PEER;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import dev.parley.ice.address.AddressFamily;
import dev.parley.ice.address.TransportAddress;
import java.lang.management.ManagementFactory;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The data path makes no object per packet, whether the packet finds its way or not. */
class DataPlaneGarbageTest {
    private static final int PACKETS = 50_000;
    /** What the measurement itself may cost; far below one byte per packet. */
    private static final long NOISE_BYTES = 8_192;

    private final TurnFixture turn = TurnFixture.withAllocation(ALICE);
    private @Nullable Object found;

    @Test
    void channelDataMakesNoGarbage() {
        turn.bindChannel(ALICE, CHANNEL, PEER);
        TransportAddress client = ALICE.address();
        Relay relay = turn.relayOf(ALICE);
        assertNoGarbage(() -> {
            Allocation allocation =
                    turn.server.findAllocation(AddressFamily.IPV4, client.high(), client.low(), client.port(), 1);
            found = allocation == null ? null : turn.server.routeFromClient(allocation, CHANNEL, turn.nowNanos());
        });
        assertThat(found).isNotNull();
        assertNoGarbage(() -> found = turn.server.routeFromPeer(relay, AddressFamily.IPV4, 0, PEER.low(), 1000, 1));
        assertThat(found).isNotNull();
    }

    @Test
    void sendIndicationsMakeNoGarbageAfterTheFirst() {
        turn.createPermission(ALICE, PEER);
        Allocation allocation = turn.allocationOf(ALICE);
        assertNoGarbage(() -> found = turn.server.routeFromSend(allocation, PEER, 1));
        assertThat(found).isNotNull();
    }

    @Test
    void strangersMakeNoGarbage() {
        Relay relay = turn.relayOf(ALICE);
        assertNoGarbage(() -> found = turn.server.routeFromPeer(relay, AddressFamily.IPV4, 0, 7, 7, 1));
        assertThat(found).isNull();
        assertNoGarbage(() -> found = turn.server.findAllocation(AddressFamily.IPV4, 0, 7, 7, 1));
        assertThat(found).isNull();
    }

    @Test
    void hairpinsMakeNoGarbage() {
        turn.allocate(BOB);
        TransportAddress bobs = turn.relayedOf(BOB);
        TransportAddress alices = turn.relayedOf(ALICE);
        turn.bindChannel(BOB, CHANNEL, alices);
        assertNoGarbage(() -> found = turn.server.routeFromHairpin(bobs, alices, 1));
        assertThat(found).isNotNull();
    }

    private static void assertNoGarbage(Runnable packet) {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long least = Long.MAX_VALUE;
        for (int round = 0; round < 5; round++) {
            long before = threads.getCurrentThreadAllocatedBytes();
            for (int i = 0; i < PACKETS; i++) {
                packet.run();
            }
            least = Math.min(least, threads.getCurrentThreadAllocatedBytes() - before);
        }
        assertThat(least).isLessThan(NOISE_BYTES);
    }
}
