package dev.parley.turn.dtls;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import org.bouncycastle.jcajce.util.DefaultJcaJceHelper;
import org.bouncycastle.tls.AlertDescription;
import org.bouncycastle.tls.EncryptionAlgorithm;
import org.bouncycastle.tls.TlsFatalAlert;
import org.bouncycastle.tls.crypto.TlsCipher;
import org.bouncycastle.tls.crypto.TlsCryptoParameters;
import org.bouncycastle.tls.crypto.impl.TlsImplUtils;
import org.bouncycastle.tls.crypto.impl.jcajce.JcaTlsCrypto;
import org.jspecify.annotations.Nullable;

/**
 * The JDK's cryptography for one handshake of Bouncy Castle. The keys that come out of the handshake go into a {@link
 * RecordProtection} of ours, which encrypts the last messages of the handshake and everything after it.
 */
final class HandshakeCrypto extends JcaTlsCrypto {
    private @Nullable HandshakeCipher cipher;

    HandshakeCrypto(SecureRandom random) {
        super(new DefaultJcaJceHelper(), random, random);
    }

    @Override
    public TlsCipher createCipher(TlsCryptoParameters parameters, int encryptionAlgorithm, int macAlgorithm)
            throws IOException {
        RecordProtection.Suite suite = switch (encryptionAlgorithm) {
            case EncryptionAlgorithm.AES_128_GCM -> RecordProtection.Suite.AES_128_GCM;
            case EncryptionAlgorithm.AES_256_GCM -> RecordProtection.Suite.AES_256_GCM;
            case EncryptionAlgorithm.CHACHA20_POLY1305 -> RecordProtection.Suite.CHACHA20_POLY1305;
            default -> throw new TlsFatalAlert(AlertDescription.handshake_failure);
        };
        try {
            byte[] keyBlock = TlsImplUtils.calculateKeyBlock(parameters, suite.keyBlockBytes());
            HandshakeCipher created = new HandshakeCipher(new RecordProtection(suite, keyBlock));
            cipher = created;
            return created;
        } catch (GeneralSecurityException e) {
            throw new TlsFatalAlert(AlertDescription.internal_error, e);
        }
    }

    /** What the handshake agreed on; null before the client's key exchange. */
    @Nullable
    HandshakeCipher cipher() {
        return cipher;
    }
}
