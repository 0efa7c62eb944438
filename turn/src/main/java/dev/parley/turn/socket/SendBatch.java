package dev.parley.turn.socket;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import dev.parley.ice.address.AddressFamily;
import dev.parley.ice.address.TransportAddress;
import io.netty.buffer.ByteBuf;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/**
 * The runs of one {@code sendmmsg}, in memory that the sockets of an event loop use in turn. Nothing is copied: for
 * each datagram the kernel is shown where its prefix and its payload lie.
 *
 * <pre>
 *   message 0 -> recipient, control [TTL] [traffic class] [segment length], iovec [prefix][payload][prefix][payload]
 *   message 1 -> ...
 * </pre>
 */
final class SendBatch {
    private static final int MESSAGES = 64;

    /** The kernel takes 1024 a message; these are all of a batch, and one run needs at most 128. */
    private static final int IOVECS = 512;

    /** Bytes; three control messages of 24. */
    private static final int CONTROL_SLOT = 72;

    private static final long INT_CONTROL = MessageVector.CONTROL_HEADER + Integer.BYTES;
    private static final long SHORT_CONTROL = MessageVector.CONTROL_HEADER + Short.BYTES;

    private final MessageVector messages = new MessageVector(MESSAGES, CONTROL_SLOT, IOVECS);
    private final MemorySegment prefixes = Arena.ofAuto().allocate((long) IOVECS * Integer.BYTES, Integer.BYTES);
    private final int[] runLengths = new int[MESSAGES];
    private int count;
    private int iovecs;

    /**
     * Shows the kernel what it is to send next: runs from the front of the queue, as many as fit and as have the same
     * wish about fragments.
     */
    void fill(SendQueue queue) {
        count = 0;
        iovecs = 0;
        boolean dontFragment = HeaderFields.isDontFragment(queue.headerFields(0));
        int taken = 0;
        while (taken < queue.size()
                && count < MESSAGES
                && HeaderFields.isDontFragment(queue.headerFields(taken)) == dontFragment) {
            int run = queue.runLength(taken);
            if (iovecs + 2 * run > IOVECS) {
                return;
            }
            add(queue, taken, run);
            taken += run;
        }
    }

    long address() {
        return messages.address();
    }

    int count() {
        return count;
    }

    /** Datagrams in one message. */
    int runLength(int message) {
        return runLengths[message];
    }

    private void add(SendQueue queue, int from, int run) {
        int firstIovec = iovecs;
        for (int i = from; i < from + run; i++) {
            int prefix = queue.prefix(i);
            if (prefix != UdpSocket.NO_PREFIX) {
                addPrefix(prefix);
            }
            ByteBuf payload = queue.payload(i);
            int bytes = payload.readableBytes();
            if (bytes > 0) {
                messages.iovec(iovecs++, payload.memoryAddress() + payload.readerIndex(), bytes);
            }
        }
        TransportAddress to = queue.recipient(from);
        int nameLength = AddressBytes.write(messages.names(), messages.nameAt(count), to);
        int segmentBytes = run > 1 ? queue.datagramBytes(from) : 0;
        int controlLength = writeControls(queue.headerFields(from), to.family(), segmentBytes);
        messages.fill(count, nameLength, firstIovec, iovecs - firstIovec, controlLength);
        runLengths[count] = run;
        count++;
    }

    private void addPrefix(int prefix) {
        long at = (long) iovecs * Integer.BYTES;
        prefixes.set(JAVA_INT, at, Integer.reverseBytes(prefix)); // network order on little-endian machines
        messages.iovec(iovecs++, prefixes.address() + at, Integer.BYTES);
    }

    private int writeControls(int headerFields, AddressFamily family, int segmentBytes) {
        boolean ipv4 = family == AddressFamily.IPV4;
        int level = ipv4 ? Linux.SOL_IP : Linux.SOL_IPV6;
        long start = messages.controlAt(count);
        long at = start;
        if (HeaderFields.ttl(headerFields) != 0) {
            writeHeader(at, INT_CONTROL, level, ipv4 ? Linux.IP_TTL : Linux.IPV6_HOPLIMIT);
            messages.controls().set(JAVA_INT, at + MessageVector.CONTROL_HEADER, HeaderFields.ttl(headerFields));
            at = MessageVector.afterControl(at, INT_CONTROL);
        }
        if (HeaderFields.trafficClass(headerFields) != 0) {
            writeHeader(at, INT_CONTROL, level, ipv4 ? Linux.IP_TOS : Linux.IPV6_TCLASS);
            messages.controls()
                    .set(JAVA_INT, at + MessageVector.CONTROL_HEADER, HeaderFields.trafficClass(headerFields));
            at = MessageVector.afterControl(at, INT_CONTROL);
        }
        if (segmentBytes != 0) {
            writeHeader(at, SHORT_CONTROL, Linux.SOL_UDP, Linux.UDP_SEGMENT);
            messages.controls().set(JAVA_SHORT, at + MessageVector.CONTROL_HEADER, (short) segmentBytes);
            at = MessageVector.afterControl(at, SHORT_CONTROL);
        }
        return (int) (at - start);
    }

    private void writeHeader(long at, long length, int level, int type) {
        messages.controls().set(JAVA_LONG, at, length);
        messages.controls().set(JAVA_INT, at + 8, level);
        messages.controls().set(JAVA_INT, at + 12, type);
    }
}
