package dev.parley.turn.tls;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslProvider;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CertificatesTest {
    @TempDir
    Path directory = Path.of("");

    @Test
    void aNewPairIsPresentedAfterTheSecondLook() throws Exception {
        Certificates certificates = certificates(TestCertificate.ec(10));
        ServerTls tls = ServerTls.of(certificates, TlsPolicy.TURN_PROTOCOLS, SslProvider.JDK);
        SslContext before = tls.current();

        TestCertificate.rsa(0xABCDEF).writeInto(directory);
        certificates.poll();
        assertThat(tls.current()).isSameAs(before);
        certificates.poll();

        assertThat(tls.current()).isNotSameAs(before);
        assertThat(certificates.current().serial()).isEqualTo("abcdef");
        assertThat(certificates.reloads()).isEqualTo(1);
        assertThat(certificates.alarm()).isNull();
    }

    @Test
    void untouchedFilesAreNotReadAgain() throws Exception {
        Certificates certificates = certificates(TestCertificate.ec(10));
        KeyMaterial first = certificates.current();

        certificates.poll();
        certificates.poll();

        assertThat(certificates.current()).isSameAs(first);
    }

    @Test
    void aMismatchKeepsTheOldCertificateAndRaisesTheAlarmUntilThePairFits() throws Exception {
        Certificates certificates = certificates(TestCertificate.ec(10));
        TestCertificate next = TestCertificate.ec(11);
        TestCertificate.write(directory.resolve("certificate.pem"), next.certificatePem());
        certificates.poll();
        certificates.poll();

        assertThat(certificates.current().serial()).isEqualTo("a");
        assertThat(certificates.alarm()).isEqualTo(CertificateRefusal.MISMATCH);
        assertThat(certificates.refusals(CertificateRefusal.MISMATCH)).isEqualTo(1);

        TestCertificate.write(directory.resolve("key.pem"), next.pkcs8Pem() + "\n");
        certificates.poll();
        certificates.poll();

        assertThat(certificates.current().serial()).isEqualTo("b");
        assertThat(certificates.alarm()).isNull();
    }

    @Test
    void expiredUnreadableAndMissingFilesKeepTheOldCertificate() throws Exception {
        Certificates certificates = certificates(TestCertificate.ec(10));

        TestCertificate.of("EC", 12, Instant.now().minusSeconds(90 * 86_400L), 30)
                .writeInto(directory);
        assertThat(certificates.reload()).isFalse();
        assertThat(certificates.alarm()).isEqualTo(CertificateRefusal.EXPIRED);
        TestCertificate.write(directory.resolve("certificate.pem"), "nonsense");
        assertThat(certificates.reload()).isFalse();
        assertThat(certificates.alarm()).isEqualTo(CertificateRefusal.BAD_CERTIFICATE);
        Files.delete(directory.resolve("certificate.pem"));
        assertThat(certificates.reload()).isFalse();
        assertThat(certificates.alarm()).isEqualTo(CertificateRefusal.UNREADABLE);

        assertThat(certificates.current().serial()).isEqualTo("a");
    }

    @Test
    void aCertificateThatExpiresWhilePresentedRaisesTheAlarm() throws Exception {
        TestCertificate certificate = TestCertificate.ec(10);
        Instant end = certificate.certificate().getNotAfter().toInstant();
        Instant[] now = {end};
        Certificates certificates = Certificates.read(certificate.writeInto(directory), () -> now[0]);

        assertThat(certificates.alarm()).isNull();
        now[0] = end.plusMillis(1);
        assertThat(certificates.alarm()).isEqualTo(CertificateRefusal.EXPIRED);
    }

    @Test
    void aChangedLinkIsAChange() throws Exception {
        Path live = Files.createDirectory(directory.resolve("live"));
        Path first = Files.createDirectory(directory.resolve("1"));
        Path second = Files.createDirectory(directory.resolve("2"));
        for (Path each : List.of(first, second)) {
            TestCertificate.ec(each.equals(first) ? 1 : 2).writeInto(each);
        }
        link(live, first);
        Certificates certificates = Certificates.read(
                new CertificateFiles(live.resolve("certificate.pem"), live.resolve("key.pem")), InstantSource.system());

        link(live, second);
        certificates.poll();
        certificates.poll();

        assertThat(certificates.current().serial()).isEqualTo("2");
    }

    private Certificates certificates(TestCertificate certificate) throws UnusableCertificateException {
        return Certificates.read(certificate.writeInto(directory), InstantSource.system());
    }

    private static void link(Path live, Path target) throws Exception {
        for (String name : List.of("certificate.pem", "key.pem")) {
            Files.deleteIfExists(live.resolve(name));
            Files.createSymbolicLink(live.resolve(name), target.resolve(name));
        }
    }
}
