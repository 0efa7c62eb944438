package dev.parley.testing;

import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.ByteBufUtil;
import io.netty.util.ResourceLeakDetector;
import java.lang.ref.Reference;
import java.lang.ref.ReferenceQueue;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Fails a test class that forgot to release a buffer: {@code @ExtendWith(LeakCheck.class)}. After the last test it has
 * the garbage collected, so that Netty's leak detector notices every buffer that went away unreleased.
 *
 * <p>The detector must watch every buffer ({@code -Dio.netty.leakDetection.level=paranoid}); heap buffers of the
 * unpooled allocator are never watched, because they need no release.
 */
public final class LeakCheck implements BeforeAllCallback, AfterAllCallback {
    private static final Queue<String> REPORTS = new ConcurrentLinkedQueue<>();
    /** References are queued some time after a collection; a second round catches those that were late. */
    private static final int ROUNDS = 2;
    /** Milliseconds; reached only if the virtual machine ignores the wish for a collection. */
    private static final long COLLECTION_TIMEOUT_MILLIS = 2_000;

    @Override
    public void beforeAll(ExtensionContext context) throws InterruptedException {
        if (ResourceLeakDetector.getLevel() != ResourceLeakDetector.Level.PARANOID) {
            throw new IllegalStateException(
                    "leaks would go unnoticed: run with -Dio.netty.leakDetection.level=paranoid");
        }
        collectReports(); // what earlier classes left behind is not this one's fault
    }

    @Override
    public void afterAll(ExtensionContext context) throws InterruptedException {
        List<String> reports = collectReports();
        if (!reports.isEmpty()) {
            throw new AssertionError(reports.size() + " kinds of buffer leak in " + context.getDisplayName() + "\n"
                    + String.join("\n", reports));
        }
    }

    /** Where each buffer was touched that has gone away unreleased since the last call. */
    static List<String> collectReports() throws InterruptedException {
        ByteBufUtil.setLeakListener((type, records) -> REPORTS.add(type + ": " + records));
        for (int round = 0; round < ROUNDS; round++) {
            collectGarbage();
            // The detector looks at what the collector found whenever it begins to watch another buffer.
            ByteBufAllocator.DEFAULT.directBuffer(1).release();
        }
        List<String> reports = new ArrayList<>();
        for (String report = REPORTS.poll(); report != null; report = REPORTS.poll()) {
            reports.add(report);
        }
        return reports;
    }

    @SuppressWarnings("NullAway") // a reference without a referent is the point
    private static void collectGarbage() throws InterruptedException {
        ReferenceQueue<Object> collected = new ReferenceQueue<>();
        Reference<Object> canary = new WeakReference<>(new Object(), collected);
        try {
            System.gc();
            collected.remove(COLLECTION_TIMEOUT_MILLIS);
        } finally {
            Reference.reachabilityFence(canary);
        }
    }
}
