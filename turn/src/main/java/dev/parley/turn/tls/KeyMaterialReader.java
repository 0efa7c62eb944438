package dev.parley.turn.tls;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;

/** Reads certificate and key from their files and refuses what would fail later, in a handshake. */
final class KeyMaterialReader {
    /** Bytes; a chain is a few kilobytes. */
    static final int MAX_FILE_BYTES = 256 << 10;

    private static final int PROOF_BYTES = 32;

    private final CertificateFiles files;
    private final InstantSource clock;

    KeyMaterialReader(CertificateFiles files, InstantSource clock) {
        this.files = files;
        this.clock = clock;
    }

    KeyMaterial read() throws UnusableCertificateException {
        List<X509Certificate> chain = chain(bytes(files.certificate(), false));
        PrivateKey key = PrivateKeyPem.read(
                files.privateKey(), new String(bytes(files.privateKey(), true), StandardCharsets.ISO_8859_1));
        requireFit(chain.getFirst().getPublicKey(), key);
        requireValid(chain.getFirst());
        return new KeyMaterial(chain, key);
    }

    private static byte[] bytes(Path file, boolean isKey) throws UnusableCertificateException {
        String reason;
        try {
            byte[] bytes = Files.readAllBytes(file);
            if (bytes.length <= MAX_FILE_BYTES) {
                return bytes;
            }
            reason = "too large";
        } catch (NoSuchFileException e) {
            reason = "no such file";
        } catch (IOException e) {
            reason = Files.isDirectory(file) ? "a directory" : "may not be read by this user";
        }
        String message = "cannot read " + file + ": " + reason;
        throw isKey
                ? UnusableCertificateException.ofKey(CertificateRefusal.UNREADABLE, message)
                : UnusableCertificateException.ofCertificate(CertificateRefusal.UNREADABLE, message);
    }

    private List<X509Certificate> chain(byte[] pem) throws UnusableCertificateException {
        List<X509Certificate> chain = new ArrayList<>();
        try {
            CertificateFactory factory = CertificateFactory.getInstance("X.509");
            for (byte[] one : PemBlocks.of(new String(pem, StandardCharsets.ISO_8859_1), "CERTIFICATE")) {
                chain.add((X509Certificate) factory.generateCertificate(new ByteArrayInputStream(one)));
            }
        } catch (CertificateException | IllegalArgumentException e) {
            throw UnusableCertificateException.ofCertificate(
                    CertificateRefusal.BAD_CERTIFICATE,
                    files.certificate() + " holds a certificate that cannot be parsed (number " + (chain.size() + 1)
                            + " in the file)");
        }
        if (chain.isEmpty()) {
            throw UnusableCertificateException.ofCertificate(
                    CertificateRefusal.BAD_CERTIFICATE,
                    files.certificate() + " holds no certificate in PEM (-----BEGIN CERTIFICATE-----)");
        }
        return chain;
    }

    /** Signs and verifies once: the same for every kind of key. */
    private void requireFit(PublicKey publicKey, PrivateKey privateKey) throws UnusableCertificateException {
        boolean fits = false;
        try {
            if (publicKey.getAlgorithm().equals(privateKey.getAlgorithm())) {
                String algorithm = privateKey.getAlgorithm().equals("EC") ? "SHA256withECDSA" : "SHA256withRSA";
                SecureRandom random = new SecureRandom();
                byte[] proof = new byte[PROOF_BYTES];
                random.nextBytes(proof);
                Signature signer = Signature.getInstance(algorithm);
                signer.initSign(privateKey, random);
                signer.update(proof);
                byte[] signature = signer.sign();
                Signature verifier = Signature.getInstance(algorithm);
                verifier.initVerify(publicKey);
                verifier.update(proof);
                fits = verifier.verify(signature);
            }
        } catch (GeneralSecurityException e) {
            fits = false;
        }
        if (!fits) {
            throw UnusableCertificateException.ofKey(
                    CertificateRefusal.MISMATCH,
                    "the key in " + files.privateKey() + " is not that of the first certificate in "
                            + files.certificate());
        }
    }

    private void requireValid(X509Certificate certificate) throws UnusableCertificateException {
        Instant now = clock.instant();
        if (now.isAfter(certificate.getNotAfter().toInstant())) {
            throw UnusableCertificateException.ofCertificate(
                    CertificateRefusal.EXPIRED,
                    "the certificate in " + files.certificate() + " expired on "
                            + certificate.getNotAfter().toInstant());
        }
        if (now.isBefore(certificate.getNotBefore().toInstant())) {
            throw UnusableCertificateException.ofCertificate(
                    CertificateRefusal.NOT_YET_VALID,
                    "the certificate in " + files.certificate() + " is not valid before "
                            + certificate.getNotBefore().toInstant());
        }
    }
}
