package dev.parley.it.tls;

import dev.parley.it.fixture.Command;
import dev.parley.it.fixture.Command.Outcome;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** One handshake by the command line of another TLS library; both tools end at the end of their input. */
final class TlsTool {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private TlsTool() {}

    /** {@code openssl s_client} with these options. */
    static Outcome openssl(int port, String... options) {
        List<String> words = new ArrayList<>(List.of("openssl", "s_client", "-connect", "127.0.0.1:" + port));
        words.addAll(List.of(options));
        return Command.run(PATIENCE, words);
    }

    /** {@code gnutls-cli} with these options; the certificate is not checked, it is its own issuer. */
    static Outcome gnutls(int port, String... options) {
        List<String> words = new ArrayList<>(List.of("gnutls-cli", "--insecure", "--port", Integer.toString(port)));
        words.addAll(List.of(options));
        words.add("127.0.0.1");
        return Command.run(PATIENCE, words);
    }
}
