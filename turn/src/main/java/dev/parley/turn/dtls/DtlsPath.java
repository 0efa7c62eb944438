package dev.parley.turn.dtls;

import dev.parley.turn.loop.ClientPath;
import dev.parley.turn.loop.WireDrop;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;

/** The way back to one client over its association: one record for each message, one datagram for each record. */
final class DtlsPath implements ClientPath {
    private final Association association;
    private final LoopSide loop;
    private final Scratch scratch;
    private boolean closed;

    /** Room for the record that is being made or read; one for all clients of a listener. */
    static final class Scratch {
        private static final int RECORD_BYTES = DtlsRecord.HEADER_BYTES
                + RecordProtection.EXPLICIT_NONCE_BYTES
                + DtlsRecord.PLAINTEXT_MAX
                + RecordProtection.TAG_BYTES;

        private final byte[] received = new byte[RECORD_BYTES];
        private final byte[] opened = new byte[RECORD_BYTES];
        private final byte[] plaintext = new byte[DtlsRecord.PLAINTEXT_MAX];
        private final byte[] sealed = new byte[RECORD_BYTES];

        /** For a record as it came. */
        byte[] received() {
            return received;
        }

        /** For what was in it. */
        byte[] opened() {
            return opened;
        }
    }

    DtlsPath(Association association, LoopSide loop, Scratch scratch) {
        this.association = association;
        this.loop = loop;
        this.scratch = scratch;
    }

    Association association() {
        return association;
    }

    /** From now on everything is dropped. */
    void close() {
        closed = true;
    }

    @Override
    public ByteBufAllocator alloc() {
        return loop.alloc();
    }

    @Override
    public void channelData(ByteBuf payload, int header) {
        for (int i = 0; i < Integer.BYTES; i++) {
            scratch.plaintext[i] = (byte) (header >>> (Byte.SIZE * (Integer.BYTES - 1 - i)));
        }
        send(payload, Integer.BYTES);
    }

    @Override
    public void data(ByteBuf indication) {
        send(indication, 0);
    }

    @Override
    public void reply(ByteBuf message) {
        send(message, 0);
    }

    /** An association without an allocation ends soon, whoever made it. */
    @Override
    public void authenticated() {}

    private void send(ByteBuf payload, int headerBytes) {
        int bytes = headerBytes + payload.readableBytes();
        if (closed || bytes > DtlsRecord.PLAINTEXT_MAX) {
            payload.release();
            loop.dropped(closed ? WireDrop.CLIENT_GONE : WireDrop.TOO_LONG);
            return;
        }
        payload.readBytes(scratch.plaintext, headerBytes, bytes - headerBytes);
        payload.release();
        record(DtlsRecord.APPLICATION_DATA, bytes);
    }

    /** The client need not wait for what will not come. */
    void closeNotify() {
        scratch.plaintext[0] = Alert.WARNING;
        scratch.plaintext[1] = Alert.CLOSE_NOTIFY;
        record(DtlsRecord.ALERT, Alert.BYTES);
    }

    private void record(int type, int bytes) {
        if (association.seal(type, scratch.plaintext, bytes, scratch.sealed)) {
            int recordBytes = association.recordBytes(bytes);
            loop.send(
                    association.client(),
                    loop.alloc().directBuffer(recordBytes).writeBytes(scratch.sealed, 0, recordBytes));
        }
    }
}
