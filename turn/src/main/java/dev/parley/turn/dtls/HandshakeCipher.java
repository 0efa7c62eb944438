package dev.parley.turn.dtls;

import java.io.IOException;
import org.bouncycastle.tls.AlertDescription;
import org.bouncycastle.tls.ProtocolVersion;
import org.bouncycastle.tls.TlsFatalAlert;
import org.bouncycastle.tls.crypto.TlsCipher;
import org.bouncycastle.tls.crypto.TlsDecodeResult;
import org.bouncycastle.tls.crypto.TlsEncodeResult;

/** Our record protection as Bouncy Castle's handshake uses it, for the two Finished messages. */
final class HandshakeCipher implements TlsCipher {
    private static final long SEQUENCE_MASK = (1L << 48) - 1;

    private final RecordProtection protection;
    private long nextSequence;

    HandshakeCipher(RecordProtection protection) {
        this.protection = protection;
    }

    RecordProtection protection() {
        return protection;
    }

    /** The first number of epoch 1 that the handshake has not used. */
    long nextSequence() {
        return nextSequence;
    }

    @Override
    public TlsEncodeResult encodePlaintext(
            long epochAndSequence,
            short contentType,
            ProtocolVersion version,
            int headerBytes,
            byte[] plaintext,
            int from,
            int bytes) {
        nextSequence = Math.max(nextSequence, (epochAndSequence & SEQUENCE_MASK) + 1);
        byte[] record = new byte[headerBytes + bytes + protection.overheadBytes()];
        protection.seal(epochAndSequence, contentType, plaintext, from, bytes, record, headerBytes);
        return new TlsEncodeResult(record, 0, record.length, contentType);
    }

    @Override
    public TlsDecodeResult decodeCiphertext(
            long epochAndSequence, short recordType, ProtocolVersion version, byte[] ciphertext, int from, int bytes)
            throws IOException {
        byte[] plaintext = new byte[bytes];
        int plaintextBytes = protection.open(epochAndSequence, recordType, ciphertext, from, bytes, plaintext);
        if (plaintextBytes < 0) {
            throw new TlsFatalAlert(AlertDescription.bad_record_mac); // which the record layer drops silently
        }
        return new TlsDecodeResult(plaintext, 0, plaintextBytes, recordType);
    }

    @Override
    public int getCiphertextDecodeLimit(int plaintextBytes) {
        return plaintextBytes + protection.overheadBytes();
    }

    @Override
    public int getCiphertextEncodeLimit(int plaintextBytes) {
        return plaintextBytes + protection.overheadBytes();
    }

    @Override
    public int getPlaintextDecodeLimit(int ciphertextBytes) {
        return ciphertextBytes - protection.overheadBytes();
    }

    @Override
    public int getPlaintextEncodeLimit(int ciphertextBytes) {
        return ciphertextBytes - protection.overheadBytes();
    }

    @Override
    public void rekeyDecoder() throws IOException {
        throw new TlsFatalAlert(AlertDescription.internal_error);
    }

    @Override
    public void rekeyEncoder() throws IOException {
        throw new TlsFatalAlert(AlertDescription.internal_error);
    }

    @Override
    public boolean usesOpaqueRecordTypeDecode() {
        return false;
    }

    @Override
    public boolean usesOpaqueRecordTypeEncode() {
        return false;
    }
}
