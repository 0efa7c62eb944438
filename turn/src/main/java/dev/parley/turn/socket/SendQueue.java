package dev.parley.turn.socket;

import dev.parley.ice.address.TransportAddress;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * What one socket has yet to send, in order, and where it can be cut into <em>runs</em>: consecutive datagrams to one
 * destination, with the same header fields and of equal length (the last may be shorter), which leave in one segmented
 * send and pass the kernel's stack once.
 */
final class SendQueue {
    /** Bytes that may be gathered, or wait for a socket that takes no more. */
    static final int BYTES_MAX = 256 << 10;

    static final int DATAGRAMS_MAX = 1024;

    /** The kernel's UDP_MAX_SEGMENTS was 64 before Linux 6.9, 128 after. */
    private static final int SEGMENTS_MAX = 64;

    /** Bytes; the payload of an IPv4 packet, which is the shorter of both families. */
    private static final int SEGMENTED_BYTES_MAX = 65_507;

    private static final int FEW = 4;
    private static final TransportAddress[] NOWHERE = {};

    private ByteBuf[] payloads = {};
    private int[] prefixes = {};
    private int[] fields = {};
    private TransportAddress[] recipients = NOWHERE;
    private int head;
    private int tail;
    private int queuedBytes;

    private boolean segmenting;
    private @Nullable TransportAddress refusedRecipient;
    private int refusedSegmentBytes;

    /** @param segmenting whether the kernel knows UDP_SEGMENT */
    SendQueue(boolean segmenting) {
        this.segmenting = segmenting;
    }

    boolean isEmpty() {
        return head == tail;
    }

    int size() {
        return tail - head;
    }

    boolean hasRoom(int bytes) {
        return size() < DATAGRAMS_MAX && (isEmpty() || queuedBytes + bytes <= BYTES_MAX);
    }

    /** @param payload given away; has a memory address */
    void add(ByteBuf payload, int prefix, TransportAddress to, int headerFields) {
        if (tail == payloads.length) {
            makeRoom();
        }
        payloads[tail] = payload;
        prefixes[tail] = prefix;
        recipients[tail] = to;
        fields[tail] = headerFields;
        queuedBytes += bytes(tail);
        tail++;
    }

    /** How many datagrams from this one on (0 is the first) can leave as one. */
    int runLength(int from) {
        int first = head + from;
        int segmentBytes = bytes(first);
        if (!segmenting || segmentBytes == 0 || wasRefused(recipients[first], segmentBytes)) {
            return 1;
        }
        int total = segmentBytes;
        int end = first + 1;
        int most = Math.min(tail, first + SEGMENTS_MAX);
        while (end < most) {
            int bytes = bytes(end);
            total += bytes;
            if (bytes == 0 || bytes > segmentBytes || total > SEGMENTED_BYTES_MAX || !sameWay(first, end)) {
                break;
            }
            end++;
            if (bytes < segmentBytes) {
                break;
            }
        }
        return end - first;
    }

    /** Forgets the first datagrams: they were sent, or cannot be. */
    void remove(int count) {
        for (int i = 0; i < count; i++) {
            queuedBytes -= bytes(head);
            payloads[head].release();
            payloads[head] = Unpooled.EMPTY_BUFFER;
            head++;
        }
        if (head == tail) {
            head = 0;
            tail = 0;
        }
    }

    /** No device here can segment. */
    void segmentNoMore() {
        segmenting = false;
    }

    /** The first datagram's length is too long a segment for the way to its destination. */
    void segmentLessToFirst() {
        refusedRecipient = recipients[head];
        refusedSegmentBytes = bytes(head);
    }

    ByteBuf payload(int index) {
        return payloads[head + index];
    }

    int prefix(int index) {
        return prefixes[head + index];
    }

    TransportAddress recipient(int index) {
        return recipients[head + index];
    }

    int headerFields(int index) {
        return fields[head + index];
    }

    /** Bytes on the wire, prefix included. */
    int datagramBytes(int index) {
        return bytes(head + index);
    }

    private int bytes(int slot) {
        return payloads[slot].readableBytes() + (prefixes[slot] == UdpSocket.NO_PREFIX ? 0 : Integer.BYTES);
    }

    private boolean sameWay(int one, int other) {
        return fields[one] == fields[other] && recipients[one].equals(recipients[other]);
    }

    private boolean wasRefused(TransportAddress to, int bytes) {
        return refusedRecipient != null && bytes >= refusedSegmentBytes && refusedRecipient.equals(to);
    }

    private void makeRoom() {
        int count = size();
        if (head > 0) {
            move(head, count);
        } else {
            int length = Math.max(FEW, count * 2);
            payloads = Arrays.copyOf(payloads, length);
            prefixes = Arrays.copyOf(prefixes, length);
            fields = Arrays.copyOf(fields, length);
            recipients = Arrays.copyOf(recipients, length);
        }
        head = 0;
        tail = count;
        Arrays.fill(payloads, tail, payloads.length, Unpooled.EMPTY_BUFFER);
    }

    private void move(int from, int count) {
        System.arraycopy(payloads, from, payloads, 0, count);
        System.arraycopy(prefixes, from, prefixes, 0, count);
        System.arraycopy(fields, from, fields, 0, count);
        System.arraycopy(recipients, from, recipients, 0, count);
    }
}
