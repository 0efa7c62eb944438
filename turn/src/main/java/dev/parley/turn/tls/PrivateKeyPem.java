package dev.parley.turn.tls;

import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Path;
import java.security.PrivateKey;
import java.security.interfaces.ECKey;
import java.security.interfaces.RSAKey;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;
import org.bouncycastle.openssl.PEMEncryptedKeyPair;
import org.bouncycastle.openssl.PEMKeyPair;
import org.bouncycastle.openssl.PEMParser;
import org.bouncycastle.openssl.jcajce.JcaPEMKeyConverter;
import org.bouncycastle.pkcs.PKCS8EncryptedPrivateKeyInfo;
import org.jspecify.annotations.Nullable;

/** A private key in any of the forms that tools write: PKCS#8, PKCS#1 (RSA), SEC1 (EC). */
final class PrivateKeyPem {
    /** Bits; what browsers still take. */
    static final int RSA_BITS_MIN = 2048;

    private PrivateKeyPem() {}

    /** @param file for the message of a refusal */
    static PrivateKey read(Path file, String text) throws UnusableCertificateException {
        try (PEMParser parser = new PEMParser(new StringReader(text))) {
            for (Object block = parser.readObject(); block != null; block = parser.readObject()) {
                PrivateKey key = keyOf(file, block);
                if (key != null) {
                    return accepted(file, key);
                }
            }
        } catch (IOException | RuntimeException e) {
            // The parser throws what it likes on bytes that are not what their label says.
            throw UnusableCertificateException.ofKey(
                    CertificateRefusal.BAD_KEY, file + " holds a key that cannot be parsed");
        }
        throw UnusableCertificateException.ofKey(
                CertificateRefusal.BAD_KEY, file + " holds no private key in PEM (-----BEGIN PRIVATE KEY-----)");
    }

    /** Null for blocks of another kind, such as EC parameters in front of the key or a certificate beside it. */
    private static @Nullable PrivateKey keyOf(Path file, Object block)
            throws IOException, UnusableCertificateException {
        JcaPEMKeyConverter converter = new JcaPEMKeyConverter()
                // Its own name for them is ECDSA, which the JDK knows as a signature only.
                .setAlgorithmMapping(X9ObjectIdentifiers.id_ecPublicKey, "EC");
        return switch (block) {
            case PrivateKeyInfo pkcs8 -> converter.getPrivateKey(pkcs8);
            case PEMKeyPair pair -> converter.getPrivateKey(pair.getPrivateKeyInfo());
            case PEMEncryptedKeyPair encrypted -> throw encrypted(file);
            case PKCS8EncryptedPrivateKeyInfo encrypted -> throw encrypted(file);
            default -> null;
        };
    }

    private static UnusableCertificateException encrypted(Path file) {
        return UnusableCertificateException.ofKey(
                CertificateRefusal.ENCRYPTED_KEY,
                "the key in " + file + " is encrypted; store it without a passphrase");
    }

    private static PrivateKey accepted(Path file, PrivateKey key) throws UnusableCertificateException {
        if (key instanceof RSAKey rsa && rsa.getModulus().bitLength() < RSA_BITS_MIN) {
            throw UnusableCertificateException.ofKey(
                    CertificateRefusal.BAD_KEY,
                    "the RSA key in " + file + " has " + rsa.getModulus().bitLength() + " bits; at least "
                            + RSA_BITS_MIN + " are needed");
        }
        if (!(key instanceof RSAKey) && !(key instanceof ECKey)) {
            throw UnusableCertificateException.ofKey(
                    CertificateRefusal.BAD_KEY,
                    "the key in " + file + " is of the kind " + key.getAlgorithm() + "; RSA and EC are served");
        }
        return key;
    }
}
