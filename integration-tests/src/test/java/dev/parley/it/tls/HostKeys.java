package dev.parley.it.tls;

import dev.parley.it.fixture.Checkout;
import dev.parley.it.fixture.Command;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.awaitility.Awaitility;

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

    /**
     * Waits until new handshakes present the renewed certificate, and prints how long that took; the promise is five
     * seconds, on a machine that does nothing else.
     *
     * @param presented what a handshake made now shows
     */
    static void awaitRenewed(Supplier<String> presented, String serial) {
        long startNanos = System.nanoTime();
        Awaitility.await()
                .atMost(Duration.ofSeconds(30))
                .until(() -> presented.get().contains(serial));
        System.out.printf(
                "a renewed certificate was presented after %d ms%n",
                TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - startNanos));
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
