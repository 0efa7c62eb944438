package dev.parley.turn.socket;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.PooledByteBufAllocator;

/**
 * Takes datagrams from the sockets of one event loop, several a system call, each of which may be several datagrams
 * that the kernel merged. What is handed over are slices of one buffer that all sockets of the loop share; once they
 * are sent and released, the same memory, still in the processor's caches, is written again. Where somebody keeps a
 * slice, another buffer takes its place.
 */
final class ReceiveBatch {
    private static final int MESSAGES = 16;

    /** Bytes; the longest datagram has 65,527 of payload, a merged one at most 65,535. */
    private static final int SLOT = 65_536;

    /** Bytes; what one turn of the event loop may receive before it has to send. */
    private static final int BUFFER = 4 << 20;

    /** Bytes; three control messages with an int need 72. */
    private static final int CONTROL_SLOT = 128;

    private static final int CACHE_LINE = 64;

    /** Messages read from one socket before the others of its loop get their turn. */
    private static final int MESSAGES_PER_WAKE_UP = 256;

    private final DatagramCalls calls;
    private final FlushQueue flushQueue;
    private final MessageVector messages = new MessageVector(MESSAGES, CONTROL_SLOT, MESSAGES);
    private final Arrival arrival = new Arrival();

    private ByteBuf buffer = newBuffer();
    private int next;
    private int segmentBytes;

    ReceiveBatch(DatagramCalls calls, FlushQueue flushQueue) {
        this.calls = calls;
        this.flushQueue = flushQueue;
        for (int i = 0; i < MESSAGES; i++) {
            messages.offer(i, i);
        }
    }

    /** The event loop ended. */
    void release() {
        buffer.release();
    }

    /** Hands over what the socket has; answers 0 or the negative error number that ended it. */
    int readAll(int descriptor, DatagramReceiver receiver) {
        int total = 0;
        while (total < MESSAGES_PER_WAKE_UP) {
            int slots = prepare();
            int count = calls.receive(descriptor, messages.address(), slots);
            if (count < 0) {
                return count == Linux.EAGAIN || count == Linux.EINTR ? 0 : count;
            }
            int start = next;
            for (int i = 0; i < count; i++) {
                int from = start + i * SLOT;
                next = from + (messages.bytes(i) + CACHE_LINE - 1 & -CACHE_LINE);
                handOver(i, from, receiver);
                messages.offer(i, i);
            }
            if (count < slots) {
                return 0; // level-triggered: what came meanwhile wakes us again
            }
            total += count;
        }
        return 0;
    }

    /** Points the slots at free memory; answers how many there are. */
    private int prepare() {
        if (buffer.refCnt() == 1) {
            next = 0;
        } else if (next + SLOT > BUFFER) {
            makeRoom();
        }
        int slots = Math.min(MESSAGES, (BUFFER - next) / SLOT);
        long address = buffer.memoryAddress() + next;
        for (int i = 0; i < slots; i++) {
            messages.iovec(i, address + (long) i * SLOT, SLOT);
        }
        return slots;
    }

    private void makeRoom() {
        flushQueue.flushAll();
        if (buffer.refCnt() > 1) {
            buffer.release();
            buffer = newBuffer();
        }
        next = 0;
    }

    private void handOver(int message, int from, DatagramReceiver receiver) {
        int bytes = messages.bytes(message);
        if (messages.wasTruncated(message)) {
            receiver.dropped(SocketDrop.TRUNCATED, 1);
            return;
        }
        AddressBytes.read(messages.names(), messages.nameAt(message), arrival);
        segmentBytes = bytes;
        readControls(message);
        int offset = 0;
        do {
            int length = Math.min(segmentBytes, bytes - offset);
            deliver(buffer.retainedSlice(from + offset, length), receiver);
            offset += length;
        } while (offset < bytes);
    }

    private void deliver(ByteBuf payload, DatagramReceiver receiver) {
        try {
            receiver.received(payload, arrival);
        } catch (RuntimeException bug) {
            receiver.failed(bug);
        }
    }

    private void readControls(int message) {
        int ttl = 0;
        int trafficClass = 0;
        long start = messages.controlAt(message);
        long end = start + messages.controlLength(message);
        for (long at = start; at + MessageVector.CONTROL_HEADER <= end; ) {
            long length = messages.controls().get(JAVA_LONG, at);
            int level = messages.controls().get(JAVA_INT, at + 8);
            int type = messages.controls().get(JAVA_INT, at + 12);
            long value = at + MessageVector.CONTROL_HEADER;
            if (length < MessageVector.CONTROL_HEADER) {
                break;
            }
            if (level == Linux.SOL_UDP && type == Linux.UDP_GRO) {
                segmentBytes = Math.max(1, messages.controls().get(JAVA_INT, value));
            } else if (isTrafficClass(level, type)) {
                trafficClass = messages.controls().get(JAVA_BYTE, value) & 0xFF; // both machines are little-endian
            } else if (isTtl(level, type)) {
                ttl = messages.controls().get(JAVA_INT, value);
            }
            at = MessageVector.afterControl(at, length);
        }
        arrival.with(HeaderFields.of(ttl, trafficClass));
    }

    private static boolean isTrafficClass(int level, int type) {
        return level == Linux.SOL_IP ? type == Linux.IP_TOS : level == Linux.SOL_IPV6 && type == Linux.IPV6_TCLASS;
    }

    private static boolean isTtl(int level, int type) {
        return level == Linux.SOL_IP ? type == Linux.IP_TTL : level == Linux.SOL_IPV6 && type == Linux.IPV6_HOPLIMIT;
    }

    private static ByteBuf newBuffer() {
        // Slices of the pooled kind are pooled too.
        return PooledByteBufAllocator.DEFAULT.directBuffer(BUFFER, BUFFER).setIndex(0, BUFFER);
    }
}
