package dev.parley.it.tls;

import dev.parley.it.fixture.Checkout;
import dev.parley.it.fixture.Command;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** A certificate and its key in files, made by OpenSSL and replaced as renewal tools do. */
record HostKeys(Path certificate, Path privateKey) {
    /** A fresh folder with an ECDSA certificate of this serial number. */
    static HostKeys make(int serial) {
        try {
            Path parent = Files.createDirectories(Checkout.root().resolve("integration-tests/target/state"));
            Path folder = Files.createTempDirectory(parent, "tls");
            HostKeys keys = new HostKeys(folder.resolve("certificate.pem"), folder.resolve("key.pem"));
            keys.write(serial);
            return keys;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Puts another pair in the place of this one, each file in one step. */
    void renew(int serial) {
        HostKeys next = make(serial);
        try {
            Files.move(next.privateKey, privateKey, StandardCopyOption.REPLACE_EXISTING);
            Files.move(next.certificate, certificate, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void write(int serial) {
        Command.require(
                "openssl",
                "req",
                "-x509",
                "-newkey",
                "ec",
                "-pkeyopt",
                "ec_paramgen_curve:P-256",
                "-nodes",
                "-days",
                "2",
                "-subj",
                "/CN=localhost",
                "-set_serial",
                Integer.toString(serial),
                "-keyout",
                privateKey.toString(),
                "-out",
                certificate.toString());
    }
}
