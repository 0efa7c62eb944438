package dev.parley.turn.dtls;

import dev.parley.turn.tls.KeyMaterial;
import java.io.IOException;
import java.io.OutputStream;
import java.security.GeneralSecurityException;
import java.security.Signature;
import java.security.SignatureException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import org.bouncycastle.tls.AlertDescription;
import org.bouncycastle.tls.Certificate;
import org.bouncycastle.tls.HashAlgorithm;
import org.bouncycastle.tls.SignatureAlgorithm;
import org.bouncycastle.tls.SignatureAndHashAlgorithm;
import org.bouncycastle.tls.TlsCredentialedSigner;
import org.bouncycastle.tls.TlsFatalAlert;
import org.bouncycastle.tls.crypto.TlsCertificate;
import org.bouncycastle.tls.crypto.TlsStreamSigner;
import org.bouncycastle.tls.crypto.impl.jcajce.JcaTlsCertificate;
import org.bouncycastle.tls.crypto.impl.jcajce.JcaTlsCrypto;

/** Signs the server's key exchange with the key of the certificate, by the JDK. */
final class CertificateSigner implements TlsCredentialedSigner {
    private final Certificate chain;
    private final SignatureAndHashAlgorithm algorithm;
    private final Signature signature;

    CertificateSigner(JcaTlsCrypto crypto, KeyMaterial material, SignatureAndHashAlgorithm algorithm)
            throws IOException {
        this.chain = chain(crypto, material);
        this.algorithm = algorithm;
        try {
            this.signature = Signature.getInstance(name(algorithm));
            signature.initSign(material.privateKey(), crypto.getSecureRandom());
        } catch (GeneralSecurityException e) {
            throw new TlsFatalAlert(AlertDescription.handshake_failure, e);
        }
    }

    /** The certificates themselves are shared by all handshakes: parsed anew they would be half of what one holds. */
    private static Certificate chain(JcaTlsCrypto crypto, KeyMaterial material) {
        List<TlsCertificate> certificates = new ArrayList<>();
        for (X509Certificate certificate : material.chain()) {
            certificates.add(new JcaTlsCertificate(crypto, certificate));
        }
        return new Certificate(certificates.toArray(new TlsCertificate[0]));
    }

    private static String name(SignatureAndHashAlgorithm algorithm) throws IOException {
        String hash = switch (algorithm.getHash()) {
            case HashAlgorithm.sha256 -> "SHA256";
            case HashAlgorithm.sha384 -> "SHA384";
            case HashAlgorithm.sha512 -> "SHA512";
            default -> throw new TlsFatalAlert(AlertDescription.handshake_failure);
        };
        return hash + (algorithm.getSignature() == SignatureAlgorithm.ecdsa ? "withECDSA" : "withRSA");
    }

    @Override
    public Certificate getCertificate() {
        return chain;
    }

    @Override
    public SignatureAndHashAlgorithm getSignatureAndHashAlgorithm() {
        return algorithm;
    }

    @Override
    public byte[] generateRawSignature(byte[] hash) throws IOException {
        throw new TlsFatalAlert(AlertDescription.internal_error); // there is a stream signer
    }

    @Override
    public TlsStreamSigner getStreamSigner() {
        return new Stream(signature);
    }

    private record Stream(Signature signature) implements TlsStreamSigner {
        @Override
        public OutputStream getOutputStream() {
            return new SignatureStream(signature);
        }

        @Override
        public byte[] getSignature() throws IOException {
            try {
                return signature.sign();
            } catch (SignatureException e) {
                throw new TlsFatalAlert(AlertDescription.internal_error, e);
            }
        }
    }

    private static final class SignatureStream extends OutputStream {
        private final Signature signature;

        SignatureStream(Signature signature) {
            this.signature = signature;
        }

        @Override
        public void write(int value) throws IOException {
            write(new byte[] {(byte) value}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int from, int length) throws IOException {
            try {
                signature.update(bytes, from, length);
            } catch (SignatureException e) {
                throw new TlsFatalAlert(AlertDescription.internal_error, e);
            }
        }
    }
}
