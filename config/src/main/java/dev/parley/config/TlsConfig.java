package dev.parley.config;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** The certificate of this host, for everything that is encrypted. */
public record TlsConfig(
        @Setting(
                value = "File with the certificate of this host in PEM, followed by those that lead to its issuer. "
                        + "Read again when it changes; live connections go on.",
                whenUnset = "nothing is served over TLS or DTLS")
        @Nullable
        Path certificate,

        @Setting(
                value = "File with the private key of the certificate in PEM (PKCS#8, PKCS#1 or SEC1; RSA or EC), "
                        + "without a passphrase. Read again when it changes.",
                whenUnset = "nothing is served over TLS or DTLS")
        @Nullable
        Path privateKey) {}
