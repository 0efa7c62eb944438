package dev.parley.turn.dtls;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.bouncycastle.tls.DatagramTransport;

/**
 * What a handshake on its own virtual thread sees of the network: a bounded queue of records that passed the gate, and
 * a way out. The event loop only ever offers; it never waits.
 */
final class HandshakeTransport implements DatagramTransport {
    /** Bytes; fits every path of IPv6, so a flight of the server is not fragmented below us. */
    static final int DATAGRAM_BYTES_MAX = 1200;

    /** Bytes of a record that the client may send; ours is the only certificate, so a client's are short. */
    static final int RECEIVE_BYTES_MAX = 1024;

    /** Records that may wait for the handshake's thread. */
    static final int QUEUE_MAX = 16;

    private static final byte[] END = {};

    private final BlockingQueue<byte[]> inbound = new ArrayBlockingQueue<>(QUEUE_MAX);
    private final Consumer<byte[]> outbound;
    private final long deadlineNanos;
    private final List<byte[]> lastFlight = new ArrayList<>();
    private volatile boolean closed;

    /**
     * For one handshake.
     *
     * @param outbound takes whole datagrams, from the handshake's thread
     * @param deadlineNanos as {@link System#nanoTime}
     */
    HandshakeTransport(Consumer<byte[]> outbound, long deadlineNanos) {
        this.outbound = outbound;
        this.deadlineNanos = deadlineNanos;
    }

    /** From the event loop: false if the record is dropped because too many wait. */
    boolean offer(byte[] record) {
        return record.length <= RECEIVE_BYTES_MAX && inbound.offer(record);
    }

    /** From the event loop: the handshake ends at its next look at the network. */
    void abort() {
        closed = true;
        inbound.clear();
        inbound.offer(END);
    }

    @Override
    public int getReceiveLimit() {
        return RECEIVE_BYTES_MAX;
    }

    @Override
    public int getSendLimit() {
        return DATAGRAM_BYTES_MAX;
    }

    @Override
    public int receive(byte[] buffer, int from, int length, int waitMillis) throws IOException {
        long left = deadlineNanos - System.nanoTime();
        if (closed || left <= 0) {
            throw new IOException(closed ? "the handshake was given up" : "the handshake took too long");
        }
        try {
            byte[] record =
                    inbound.poll(Math.min(left, TimeUnit.MILLISECONDS.toNanos(waitMillis)), TimeUnit.NANOSECONDS);
            if (closed || record == null || record.length > length) {
                return -1;
            }
            System.arraycopy(record, 0, buffer, from, record.length);
            return record.length;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    @Override
    public void send(byte[] buffer, int from, int length) {
        if (closed) {
            return;
        }
        byte[] datagram = new byte[length];
        System.arraycopy(buffer, from, datagram, 0, length);
        remember(datagram);
        outbound.accept(datagram);
    }

    /** ChangeCipherSpec begins the last flight; every repetition begins it anew. */
    private void remember(byte[] datagram) {
        if (datagram[0] == DtlsRecord.CHANGE_CIPHER_SPEC) {
            lastFlight.clear();
        }
        if (datagram[0] == DtlsRecord.CHANGE_CIPHER_SPEC || !lastFlight.isEmpty()) {
            lastFlight.add(datagram);
        }
    }

    /** What a client that has not got it asks for by repeating its own Finished (RFC 6347 section 4.2.4). */
    List<byte[]> lastFlight() {
        return List.copyOf(lastFlight);
    }

    @Override
    public void close() {
        closed = true;
    }
}
