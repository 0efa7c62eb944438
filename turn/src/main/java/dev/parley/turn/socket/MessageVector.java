package dev.parley.turn.socket;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/**
 * An array of {@code struct mmsghdr}, each with room for an address and control messages:
 *
 * <pre>
 *   0 name   8 name length   16 iovec   24 iovec count   32 control   40 control length   48 flags   56 bytes
 * </pre>
 *
 * Control messages are {@code length(8) level(4) type(4) value}, padded to 8 bytes.
 */
final class MessageVector {
    static final int STRIDE = 64;
    static final int CONTROL_HEADER = 16;
    static final int IOVEC = 16;

    private static final int NAME = 0;
    private static final int NAME_LENGTH = 8;
    private static final int IOVECS = 16;
    private static final int IOVEC_COUNT = 24;
    private static final int CONTROL = 32;
    private static final int CONTROL_LENGTH = 40;
    private static final int FLAGS = 48;
    private static final int BYTES = 56;

    private final MemorySegment headers;
    private final MemorySegment names;
    private final MemorySegment controls;
    private final MemorySegment iovecs;
    private final int controlSlot;

    MessageVector(int messages, int controlSlot, int iovecCount) {
        Arena arena = Arena.ofAuto();
        this.controlSlot = controlSlot;
        headers = arena.allocate((long) messages * STRIDE, STRIDE);
        names = arena.allocate((long) messages * AddressBytes.SLOT, Long.BYTES);
        controls = arena.allocate((long) messages * controlSlot, Long.BYTES);
        iovecs = arena.allocate((long) iovecCount * IOVEC, Long.BYTES);
        for (int i = 0; i < messages; i++) {
            headers.set(JAVA_LONG, at(i) + NAME, names.address() + nameAt(i));
            headers.set(JAVA_LONG, at(i) + CONTROL, controls.address() + controlAt(i));
        }
    }

    long address() {
        return headers.address();
    }

    MemorySegment names() {
        return names;
    }

    MemorySegment controls() {
        return controls;
    }

    long nameAt(int message) {
        return (long) message * AddressBytes.SLOT;
    }

    long controlAt(int message) {
        return (long) message * controlSlot;
    }

    /** Ready to be written by the kernel. */
    void offer(int message, int firstIovec) {
        headers.set(JAVA_INT, at(message) + NAME_LENGTH, AddressBytes.SLOT);
        headers.set(JAVA_LONG, at(message) + IOVECS, iovecs.address() + (long) firstIovec * IOVEC);
        headers.set(JAVA_LONG, at(message) + IOVEC_COUNT, 1);
        headers.set(JAVA_LONG, at(message) + CONTROL_LENGTH, controlSlot);
        headers.set(JAVA_INT, at(message) + FLAGS, 0);
    }

    /** Ready to be read by the kernel. */
    void fill(int message, int nameLength, int firstIovec, int iovecCount, int controlLength) {
        headers.set(JAVA_INT, at(message) + NAME_LENGTH, nameLength);
        headers.set(JAVA_LONG, at(message) + IOVECS, iovecs.address() + (long) firstIovec * IOVEC);
        headers.set(JAVA_LONG, at(message) + IOVEC_COUNT, iovecCount);
        headers.set(JAVA_LONG, at(message) + CONTROL_LENGTH, controlLength);
    }

    void iovec(int index, long address, long bytes) {
        iovecs.set(JAVA_LONG, (long) index * IOVEC, address);
        iovecs.set(JAVA_LONG, (long) index * IOVEC + Long.BYTES, bytes);
    }

    int nameLength(int message) {
        return headers.get(JAVA_INT, at(message) + NAME_LENGTH);
    }

    int controlLength(int message) {
        return (int) headers.get(JAVA_LONG, at(message) + CONTROL_LENGTH);
    }

    boolean wasTruncated(int message) {
        return (headers.get(JAVA_INT, at(message) + FLAGS) & Linux.MSG_TRUNC) != 0;
    }

    int bytes(int message) {
        return headers.get(JAVA_INT, at(message) + BYTES);
    }

    /** Where the control message after this one begins. */
    static long afterControl(long offset, long length) {
        return offset + (length + 7 & ~7L);
    }

    private static long at(int message) {
        return (long) message * STRIDE;
    }
}
