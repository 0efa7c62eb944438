package dev.parley.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parley.config.TlsConfig;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HostCertificateTest {
    @TempDir
    Path directory = Path.of("");

    @Test
    void withoutTheKeysThereIsNone() throws Exception {
        assertThat(HostCertificate.of(new TlsConfig(null, null), InstantSource.system()))
                .isNull();
    }

    @Test
    void oneFileWithoutTheOtherIsRefusedByTheNameOfTheMissingKey() {
        assertThatThrownBy(() -> HostCertificate.of(new TlsConfig(directory, null), InstantSource.system()))
                .isInstanceOf(StartException.class)
                .hasMessageStartingWith("tls.private-key: missing");
        assertThatThrownBy(() -> HostCertificate.of(new TlsConfig(null, directory), InstantSource.system()))
                .hasMessageStartingWith("tls.certificate: missing");
    }

    @Test
    void anUnusableFileIsRefusedByTheNameOfItsKey() throws Exception {
        Path text = Files.writeString(directory.resolve("c.pem"), "no certificate");

        assertThatThrownBy(() -> HostCertificate.of(new TlsConfig(text, text), InstantSource.system()))
                .hasMessage("tls.certificate: " + text + " holds no certificate in PEM (-----BEGIN CERTIFICATE-----)");
        assertThatThrownBy(
                        () -> HostCertificate.of(new TlsConfig(directory.resolve("x"), text), InstantSource.system()))
                .hasMessageEndingWith("no such file");
    }

    @Test
    void dtlsWithoutACertificateIsRefused() throws Exception {
        assertThat(HostCertificate.dtls(AddressPlanTest.turn(), null)).isNull();
        assertThatThrownBy(() -> HostCertificate.dtls(AddressPlanTest.turn("turn.dtls=true"), null))
                .isInstanceOf(StartException.class)
                .hasMessageStartingWith("turn.dtls: needs a certificate");
    }
}
