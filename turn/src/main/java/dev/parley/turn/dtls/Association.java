package dev.parley.turn.dtls;

import io.netty.buffer.ByteBuf;
import java.net.InetSocketAddress;
import java.util.List;

/**
 * The record layer of an established association. Whatever is not authentic, new and of its epoch is dropped without a
 * word (RFC 6347 section 4.1.2.7), so nobody but the client can change or end it. Used on the event loop only.
 */
final class Association {
    /** The only epoch there is after a handshake without renegotiation. */
    static final int EPOCH = 1;

    private static final int NOTHING = -1;
    private static final long SEQUENCE_MAX = (1L << 48) - 1;

    private final InetSocketAddress client;
    private final byte[] helloRandom;
    private final RecordProtection protection;
    private final ReplayWindow window = new ReplayWindow();
    private long nextSequence;
    private List<byte[]> lastFlight;
    private long heardNanos;

    /**
     * For a client.
     *
     * @param helloRandom of the ClientHello that began it
     * @param nextSequence the first that the handshake left
     * @param lastFlight datagrams to repeat for a client that has not got them
     */
    Association(
            InetSocketAddress client,
            byte[] helloRandom,
            RecordProtection protection,
            long nextSequence,
            List<byte[]> lastFlight) {
        this.client = client;
        this.helloRandom = helloRandom.clone();
        this.protection = protection;
        this.nextSequence = nextSequence;
        this.lastFlight = List.copyOf(lastFlight);
    }

    InetSocketAddress client() {
        return client;
    }

    /** Whether the ClientHello is the one that began this association, come once more. */
    boolean isBegunBy(ClientHello hello) {
        return hello.hasRandom(helloRandom);
    }

    /** When an authentic record came last. */
    long heardNanos() {
        return heardNanos;
    }

    void heardAt(long nowNanos) {
        heardNanos = nowNanos;
    }

    /**
     * Decrypts the record that begins there.
     *
     * @param scratch for the ciphertext; as long as a datagram can be
     * @param plaintext gets the result
     * @return its length, or -1 if the record is to be dropped
     */
    int open(ByteBuf datagram, int at, byte[] scratch, byte[] plaintext) {
        long sequence = DtlsRecord.sequence(datagram, at);
        int bytes = DtlsRecord.length(datagram, at);
        if (DtlsRecord.epoch(datagram, at) != EPOCH
                || DtlsRecord.version(datagram, at) != DtlsRecord.DTLS_1_2
                || bytes > scratch.length
                || !window.mayBeNew(sequence)) {
            return NOTHING;
        }
        datagram.getBytes(at + DtlsRecord.HEADER_BYTES, scratch, 0, bytes);
        int opened = protection.open(
                epochAndSequence(sequence), DtlsRecord.type(datagram, at), scratch, 0, bytes, plaintext);
        if (opened >= 0) {
            window.seen(sequence);
        }
        return opened;
    }

    /** Bytes that a record of so much plaintext has. */
    int recordBytes(int plaintextBytes) {
        return DtlsRecord.HEADER_BYTES + plaintextBytes + protection.overheadBytes();
    }

    /** Encrypts one record into the array, which has room for it; false if no sequence number is left. */
    boolean seal(int type, byte[] plaintext, int bytes, byte[] record) {
        if (nextSequence > SEQUENCE_MAX) {
            return false;
        }
        long sequence = nextSequence++;
        int length =
                protection.seal(epochAndSequence(sequence), type, plaintext, 0, bytes, record, DtlsRecord.HEADER_BYTES);
        record[0] = (byte) type;
        putShort(record, 1, DtlsRecord.DTLS_1_2);
        putShort(record, 3, EPOCH);
        putShort(record, 5, (int) (sequence >>> 32));
        putShort(record, 7, (int) (sequence >>> 16));
        putShort(record, 9, (int) sequence);
        putShort(record, 11, length);
        return true;
    }

    /** Our last flight, while the client has not shown that it got it. */
    List<byte[]> lastFlight() {
        return lastFlight;
    }

    /** The client has sent data, so it has our Finished. */
    void forgetLastFlight() {
        lastFlight = List.of();
    }

    private static long epochAndSequence(long sequence) {
        return (long) EPOCH << 48 | sequence;
    }

    private static void putShort(byte[] bytes, int at, int value) {
        bytes[at] = (byte) (value >>> Byte.SIZE);
        bytes[at + 1] = (byte) value;
    }
}
