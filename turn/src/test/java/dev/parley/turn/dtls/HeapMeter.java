package dev.parley.turn.dtls;

import java.lang.management.ManagementFactory;

/** Live bytes of the heap, for tests that must not make it grow. */
final class HeapMeter {
    private static final int COLLECTIONS = 4;

    private HeapMeter() {}

    static long liveBytes() {
        long least = Long.MAX_VALUE;
        for (int i = 0; i < COLLECTIONS; i++) {
            System.gc();
            least = Math.min(
                    least,
                    ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed());
        }
        return least;
    }
}
