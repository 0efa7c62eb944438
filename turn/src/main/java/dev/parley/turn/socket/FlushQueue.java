package dev.parley.turn.socket;

import java.util.ArrayList;

/**
 * The writers that gathered something during the present read loop, so that each socket is flushed once at its end.
 * One per event loop, used on its thread only.
 */
public final class FlushQueue {
    private final ArrayList<Gathering> pendingWriters = new ArrayList<>();

    /** A writer that gathers during a read loop what it sends at its end. */
    public interface Gathering {
        /** Sends everything gathered. Called once for each time it was enqueued. */
        void flush();
    }

    /** Called by a writer when it takes its first packet since the last flush. */
    public void enqueue(Gathering writer) {
        pendingWriters.add(writer);
    }

    /** Ends the read loop. */
    public void flushAll() {
        // By index and re-reading the size: a flush that fails at once may make another writer pending.
        for (int i = 0; i < pendingWriters.size(); i++) {
            pendingWriters.get(i).flush();
        }
        pendingWriters.clear();
    }
}
