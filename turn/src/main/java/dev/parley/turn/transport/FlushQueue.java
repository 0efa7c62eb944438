package dev.parley.turn.transport;

import java.util.ArrayList;

/**
 * The writers that gathered something during the present read loop, so that each socket is flushed once at its end.
 * One per event loop, used on its thread only.
 */
final class FlushQueue {
    private final ArrayList<SegmentWriter> pendingWriters = new ArrayList<>();

    /** Called by a writer when it takes its first datagram since the last flush. */
    void enqueue(SegmentWriter writer) {
        pendingWriters.add(writer);
    }

    void flushAll() {
        // By index and re-reading the size: a flush that fails at once may make another writer pending.
        for (int i = 0; i < pendingWriters.size(); i++) {
            pendingWriters.get(i).flush();
        }
        pendingWriters.clear();
    }
}
