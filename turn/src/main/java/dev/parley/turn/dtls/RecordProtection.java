package dev.parley.turn.dtls;

import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.spec.AlgorithmParameterSpec;
import java.util.Arrays;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * Encrypts and decrypts the records of one association in both directions, with AES-GCM (RFC 5288) or ChaCha20-Poly1305
 * (RFC 7905). The nonce of a record is its epoch and sequence number, so none comes twice under one key.
 *
 * <p>One thread at a time: first that of the handshake, then the event loop.
 */
final class RecordProtection {
    static final int TAG_BYTES = 16;
    static final int EXPLICIT_NONCE_BYTES = 8;

    private static final int NONCE_BYTES = 12;
    private static final int TAG_BITS = TAG_BYTES * Byte.SIZE;
    private static final int ADDITIONAL_DATA_BYTES = 13;

    private final Suite suite;
    private final Direction fromClient;
    private final Direction toClient;
    private final byte[] additionalData = new byte[ADDITIONAL_DATA_BYTES];

    /** The ciphers that are agreed to. */
    enum Suite {
        AES_128_GCM("AES", 16, 4),
        AES_256_GCM("AES", 32, 4),
        CHACHA20_POLY1305("ChaCha20", 32, 12);

        private final String keyAlgorithm;
        private final int keyBytes;
        private final int fixedNonceBytes;

        Suite(String keyAlgorithm, int keyBytes, int fixedNonceBytes) {
            this.keyAlgorithm = keyAlgorithm;
            this.keyBytes = keyBytes;
            this.fixedNonceBytes = fixedNonceBytes;
        }

        /** Bytes of keys and nonces that the handshake has to come up with. */
        int keyBlockBytes() {
            return 2 * (keyBytes + fixedNonceBytes);
        }

        /** Bytes in front of the ciphertext. */
        int explicitNonceBytes() {
            return this == CHACHA20_POLY1305 ? 0 : EXPLICIT_NONCE_BYTES;
        }

        private Cipher cipher() throws GeneralSecurityException {
            return this == CHACHA20_POLY1305
                    ? Cipher.getInstance("ChaCha20-Poly1305/None/NoPadding")
                    : Cipher.getInstance("AES/GCM/NoPadding");
        }
    }

    /** Key and nonce of one direction. */
    private static final class Direction {
        private final SecretKey key;
        private final Nonce nonce;
        private Cipher cipher;

        Direction(Cipher cipher, SecretKey key, Nonce nonce) {
            this.cipher = cipher;
            this.key = key;
            this.nonce = nonce;
        }
    }

    /** The fixed part, and the place for that of each record. */
    private static final class Nonce {
        private final byte[] fixed;
        private final byte[] whole = new byte[NONCE_BYTES];

        Nonce(byte[] fixed) {
            this.fixed = fixed;
        }

        byte[] of(long epochAndSequence) {
            Arrays.fill(whole, (byte) 0);
            putLong(whole, NONCE_BYTES - Long.BYTES, epochAndSequence);
            for (int i = 0; i < fixed.length; i++) {
                whole[i] ^= fixed[i]; // For AES the two parts do not meet; for ChaCha20 they are mixed.
            }
            return whole;
        }
    }

    /** @param keyBlock client's key, server's key, client's nonce, server's nonce (RFC 5246 section 6.3) */
    RecordProtection(Suite suite, byte[] keyBlock) throws GeneralSecurityException {
        this.suite = suite;
        int nonces = 2 * suite.keyBytes;
        this.fromClient = direction(suite, keyBlock, 0, nonces);
        this.toClient = direction(suite, keyBlock, suite.keyBytes, nonces + suite.fixedNonceBytes);
    }

    private static Direction direction(Suite suite, byte[] keyBlock, int keyAt, int nonceAt)
            throws GeneralSecurityException {
        return new Direction(
                suite.cipher(),
                new SecretKeySpec(keyBlock, keyAt, suite.keyBytes, suite.keyAlgorithm),
                new Nonce(Arrays.copyOfRange(keyBlock, nonceAt, nonceAt + suite.fixedNonceBytes)));
    }

    /** Bytes that a record is longer than its plaintext. */
    int overheadBytes() {
        return suite.explicitNonceBytes() + TAG_BYTES;
    }

    /**
     * Encrypts one record.
     *
     * @param epochAndSequence never the same twice
     * @param to gets explicit nonce, ciphertext and tag
     * @return the bytes written
     */
    int seal(long epochAndSequence, int type, byte[] plaintext, int from, int bytes, byte[] to, int at) {
        int nonceBytes = suite.explicitNonceBytes();
        if (nonceBytes > 0) {
            putLong(to, at, epochAndSequence);
        }
        try {
            init(Cipher.ENCRYPT_MODE, toClient, epochAndSequence);
            toClient.cipher.updateAAD(additionalData(epochAndSequence, type, bytes));
            return nonceBytes + toClient.cipher.doFinal(plaintext, from, bytes, to, at + nonceBytes);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("a record cannot be encrypted", e);
        }
    }

    /**
     * Decrypts one record.
     *
     * @param record explicit nonce, ciphertext and tag
     * @param to room for the plaintext
     * @return bytes of plaintext, or -1 if the record is too short, too long or not authentic
     */
    int open(long epochAndSequence, int type, byte[] record, int from, int bytes, byte[] to) {
        int plaintextBytes = bytes - overheadBytes();
        if (plaintextBytes < 0 || plaintextBytes > DtlsRecord.PLAINTEXT_MAX) {
            return -1;
        }
        int nonceBytes = suite.explicitNonceBytes();
        // The sender of an AES record chooses the explicit nonce; by RFC 5288 it need not be the sequence number.
        long nonce = nonceBytes > 0 ? longAt(record, from) : epochAndSequence;
        try {
            initToOpen(nonce);
            fromClient.cipher.updateAAD(additionalData(epochAndSequence, type, plaintextBytes));
            return fromClient.cipher.doFinal(record, from + nonceBytes, bytes - nonceBytes, to, 0);
        } catch (AEADBadTagException e) {
            return -1;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("a record cannot be decrypted", e);
        }
    }

    /** ChaCha20 of the JDK refuses a nonce twice in a row, which a forged record and then the real one have. */
    private void initToOpen(long epochAndSequence) throws GeneralSecurityException {
        try {
            init(Cipher.DECRYPT_MODE, fromClient, epochAndSequence);
        } catch (InvalidKeyException e) {
            fromClient.cipher = suite.cipher();
            init(Cipher.DECRYPT_MODE, fromClient, epochAndSequence);
        }
    }

    private void init(int mode, Direction direction, long epochAndSequence) throws GeneralSecurityException {
        byte[] nonce = direction.nonce.of(epochAndSequence);
        AlgorithmParameterSpec parameters =
                suite == Suite.CHACHA20_POLY1305 ? new IvParameterSpec(nonce) : new GCMParameterSpec(TAG_BITS, nonce);
        direction.cipher.init(mode, direction.key, parameters);
    }

    private byte[] additionalData(long epochAndSequence, int type, int plaintextBytes) {
        putLong(additionalData, 0, epochAndSequence);
        additionalData[8] = (byte) type;
        additionalData[9] = (byte) (DtlsRecord.DTLS_1_2 >>> Byte.SIZE);
        additionalData[10] = (byte) DtlsRecord.DTLS_1_2;
        additionalData[11] = (byte) (plaintextBytes >>> Byte.SIZE);
        additionalData[12] = (byte) plaintextBytes;
        return additionalData;
    }

    private static void putLong(byte[] bytes, int at, long value) {
        for (int i = 0; i < Long.BYTES; i++) {
            bytes[at + i] = (byte) (value >>> (Long.SIZE - Byte.SIZE * (i + 1)));
        }
    }

    private static long longAt(byte[] bytes, int at) {
        long value = 0;
        for (int i = 0; i < Long.BYTES; i++) {
            value = value << Byte.SIZE | (bytes[at + i] & 0xFF);
        }
        return value;
    }
}
