package dev.parley.turn.tls;

import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.cert.X509Certificate;
import java.security.interfaces.ECPrivateKey;
import java.security.spec.ECGenParameterSpec;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import java.util.List;
import org.bouncycastle.asn1.sec.SECObjectIdentifiers;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.bouncycastle.openssl.PKCS8Generator;
import org.bouncycastle.openssl.jcajce.JcaPEMWriter;
import org.bouncycastle.openssl.jcajce.JcaPKCS8Generator;
import org.bouncycastle.openssl.jcajce.JceOpenSSLPKCS8EncryptorBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/** A self-signed certificate made for one test, and the files it may lie in. */
public record TestCertificate(X509Certificate certificate, KeyPair keys) {
    private static final long DAY_SECONDS = 86_400;

    /** ECDSA on P-256, good for thirty days from now. */
    public static TestCertificate ec(long serial) {
        return of("EC", serial, Instant.now(), 30);
    }

    /** RSA of 2048 bits, good for thirty days from now. */
    public static TestCertificate rsa(long serial) {
        return of("RSA", serial, Instant.now(), 30);
    }

    static TestCertificate of(String algorithm, long serial, Instant from, int days) {
        try {
            KeyPair keys = algorithm.equals("EC") ? ecKeys() : rsaKeys();
            X500Name name = new X500Name("CN=turn.example.org");
            JcaX509v3CertificateBuilder builder = new JcaX509v3CertificateBuilder(
                    name,
                    BigInteger.valueOf(serial),
                    Date.from(from.minusSeconds(DAY_SECONDS)),
                    Date.from(from.plusSeconds(days * DAY_SECONDS)),
                    name,
                    keys.getPublic());
            String signature = algorithm.equals("EC") ? "SHA256withECDSA" : "SHA256withRSA";
            return new TestCertificate(
                    new JcaX509CertificateConverter()
                            .getCertificate(
                                    builder.build(new JcaContentSignerBuilder(signature).build(keys.getPrivate()))),
                    keys);
        } catch (GeneralSecurityException | OperatorCreationException e) {
            throw new AssertionError(e);
        }
    }

    private static KeyPair ecKeys() throws GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(new ECGenParameterSpec("secp256r1"));
        return generator.generateKeyPair();
    }

    private static KeyPair rsaKeys() throws GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(2048);
        return generator.generateKeyPair();
    }

    /** Certificate and key as one. */
    public KeyMaterial material() {
        return new KeyMaterial(List.of(certificate), keys.getPrivate());
    }

    /** Writes both as {@code certificate.pem} and {@code key.pem} (PKCS#8). */
    public CertificateFiles writeInto(Path directory) {
        return new CertificateFiles(
                write(directory.resolve("certificate.pem"), certificatePem()),
                write(directory.resolve("key.pem"), pkcs8Pem()));
    }

    static Path write(Path file, String text) {
        try {
            return Files.writeString(file, text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    String certificatePem() {
        return pem(certificate);
    }

    /** {@code BEGIN PRIVATE KEY}. */
    String pkcs8Pem() {
        try {
            return pem(new JcaPKCS8Generator(keys.getPrivate(), null));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** {@code BEGIN RSA PRIVATE KEY} or {@code BEGIN EC PRIVATE KEY}, as OpenSSL wrote them for decades. */
    String traditionalPem() {
        if (!(keys.getPrivate() instanceof ECPrivateKey ec)) {
            return pem(keys.getPrivate());
        }
        try {
            byte[] sec1 = new org.bouncycastle.asn1.sec.ECPrivateKey(256, ec.getS(), SECObjectIdentifiers.secp256r1)
                    .getEncoded();
            return "-----BEGIN EC PRIVATE KEY-----\n" + Base64.getMimeEncoder().encodeToString(sec1)
                    + "\n-----END EC PRIVATE KEY-----\n";
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    String encryptedPem() {
        try {
            return pem(new JcaPKCS8Generator(
                    keys.getPrivate(),
                    new JceOpenSSLPKCS8EncryptorBuilder(PKCS8Generator.AES_128_CBC)
                            .setProvider(new BouncyCastleProvider())
                            .setPassword("secret".toCharArray())
                            .build()));
        } catch (IOException | OperatorCreationException e) {
            throw new AssertionError(e);
        }
    }

    private static String pem(Object thing) {
        StringWriter text = new StringWriter();
        try (JcaPEMWriter writer = new JcaPEMWriter(text)) {
            writer.writeObject(thing);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return text.toString();
    }
}
