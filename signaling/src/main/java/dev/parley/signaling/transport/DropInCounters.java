package dev.parley.signaling.transport;

import dev.parley.signaling.core.dropin.DropInRefusal;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;

/** What one drop-in endpoint has done and holds, for metrics. Written by all its threads, read by anybody. */
public final class DropInCounters {
    private final LongAdder messagesIn = new LongAdder();
    private final LongAdder messagesOut = new LongAdder();
    private final Map<DropInRefusal, LongAdder> refusals = new EnumMap<>(DropInRefusal.class);
    private volatile int connections;

    DropInCounters() {
        for (DropInRefusal refusal : DropInRefusal.values()) {
            refusals.put(refusal, new LongAdder());
        }
    }

    /** Connections now. */
    public int connections() {
        return connections;
    }

    /** Messages received. */
    public long messagesIn() {
        return messagesIn.sum();
    }

    /** Messages sent; one to ten clients is ten. */
    public long messagesOut() {
        return messagesOut.sum();
    }

    /** Messages not carried out, for this cause. */
    public long refused(DropInRefusal refusal) {
        LongAdder adder = refusals.get(refusal);
        return adder == null ? 0 : adder.sum();
    }

    void messageIn() {
        messagesIn.increment();
    }

    void messagesOut(int count) {
        messagesOut.add(count);
    }

    void countRefusal(DropInRefusal refusal) {
        LongAdder adder = refusals.get(refusal);
        if (adder != null) {
            adder.increment();
        }
    }

    void holds(int connectionCount) {
        connections = connectionCount;
    }
}
