package dev.parley.turn.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KeyMaterialReaderTest {
    private static final TestCertificate EC = TestCertificate.ec(1);
    private static final TestCertificate RSA = TestCertificate.rsa(2);

    @TempDir
    Path directory = Path.of("");

    @Test
    void everyFormOfKeyThatToolsWriteIsRead() throws Exception {
        for (TestCertificate certificate : List.of(EC, RSA)) {
            for (String key : List.of(certificate.pkcs8Pem(), certificate.traditionalPem())) {
                KeyMaterial read = read(certificate.certificatePem(), key);
                assertThat(read.certificate()).isEqualTo(certificate.certificate());
                assertThat(read.privateKey().getAlgorithm())
                        .isEqualTo(certificate.keys().getPrivate().getAlgorithm());
            }
        }
    }

    @Test
    void ecParametersAndTheCertificateBesideTheKeyAreSkipped() throws Exception {
        String parameters = "-----BEGIN EC PARAMETERS-----\nBggqhkjOPQMBBw==\n-----END EC PARAMETERS-----\n";

        assertThat(read(EC.certificatePem(), parameters + EC.certificatePem() + EC.traditionalPem())
                        .certificate())
                .isEqualTo(EC.certificate());
    }

    @Test
    void theWholeChainIsReadInTheOrderOfTheFile() throws Exception {
        assertThat(read("a comment\n" + EC.certificatePem() + "\n" + RSA.certificatePem(), EC.pkcs8Pem())
                        .chain())
                .containsExactly(EC.certificate(), RSA.certificate());
    }

    @Test
    void aKeyOfAnotherCertificateIsAMismatch() {
        for (String other : List.of(RSA.pkcs8Pem(), TestCertificate.ec(3).pkcs8Pem())) {
            assertRefused(EC.certificatePem(), other, CertificateRefusal.MISMATCH, "is not that of the first");
        }
    }

    @Test
    void whatIsNoKeyIsRefusedWithoutQuotingIt() {
        assertRefused(EC.certificatePem(), "hunter2", CertificateRefusal.BAD_KEY, "holds no private key in PEM");
        assertRefused(
                EC.certificatePem(),
                "-----BEGIN PRIVATE KEY-----\naHVudGVyMg==\n-----END PRIVATE KEY-----\n",
                CertificateRefusal.BAD_KEY,
                "cannot be parsed");
        assertRefused(EC.certificatePem(), EC.encryptedPem(), CertificateRefusal.ENCRYPTED_KEY, "without a passphrase");
    }

    @Test
    void whatIsNoCertificateIsRefused() {
        assertRefused("", EC.pkcs8Pem(), CertificateRefusal.BAD_CERTIFICATE, "holds no certificate in PEM");
        String broken = EC.certificatePem().replaceFirst("\nMII", "\nAAA");
        assertRefused(broken, EC.pkcs8Pem(), CertificateRefusal.BAD_CERTIFICATE, "cannot be parsed (number 1");
    }

    @Test
    void aMissingFileIsNamed() {
        CertificateFiles files = EC.writeInto(directory);
        Path none = directory.resolve("none.pem");

        assertThatThrownBy(() -> read(new CertificateFiles(none, files.privateKey()), Instant.now()))
                .hasMessage("cannot read " + none + ": no such file")
                .matches(e -> e instanceof UnusableCertificateException refused && !refused.isAboutKey());
        assertThatThrownBy(() -> read(new CertificateFiles(files.certificate(), none), Instant.now()))
                .hasMessage("cannot read " + none + ": no such file")
                .matches(e -> e instanceof UnusableCertificateException refused && refused.isAboutKey());
    }

    @Test
    void aCertificateIsGoodBetweenItsTwoDatesOnly() throws Exception {
        CertificateFiles files = EC.writeInto(directory);
        Instant last = EC.certificate().getNotAfter().toInstant();
        Instant first = EC.certificate().getNotBefore().toInstant();

        assertThat(read(files, last).notAfter()).isEqualTo(last);
        assertThat(read(files, first).serial()).isEqualTo("1");
        assertThatThrownBy(() -> read(files, last.plus(1, ChronoUnit.SECONDS))).hasMessageContaining("expired on");
        assertThatThrownBy(() -> read(files, first.minus(1, ChronoUnit.SECONDS)))
                .hasMessageContaining("is not valid before");
    }

    @Test
    void aFileTooLongToBeACertificateIsNotRead() {
        String filler = "x".repeat(KeyMaterialReader.MAX_FILE_BYTES);

        assertRefused(EC.certificatePem() + filler, EC.pkcs8Pem(), CertificateRefusal.UNREADABLE, "cannot read");
    }

    private void assertRefused(String certificate, String key, CertificateRefusal reason, String message) {
        assertThatThrownBy(() -> read(certificate, key))
                .hasMessageContaining(message)
                .hasMessageNotContaining("hunter2")
                .matches(e -> e instanceof UnusableCertificateException refused && refused.reason() == reason);
    }

    private KeyMaterial read(String certificate, String key) throws UnusableCertificateException {
        return read(
                new CertificateFiles(
                        TestCertificate.write(directory.resolve("c.pem"), certificate),
                        TestCertificate.write(directory.resolve("k.pem"), key)),
                Instant.now());
    }

    private static KeyMaterial read(CertificateFiles files, Instant now) throws UnusableCertificateException {
        return new KeyMaterialReader(files, InstantSource.fixed(now)).read();
    }
}
