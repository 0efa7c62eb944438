package dev.parley.signaling.transport;

import java.util.List;

/** How one kind of line writes what the hub has for it. Event loop of the line only. */
interface LineWriter {
    /** Writes all in this order; owns the references to all buffers in it, whether it can write them or not. */
    void write(List<Outgoing> batch);
}
