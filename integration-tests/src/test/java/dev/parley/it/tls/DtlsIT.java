package dev.parley.it.tls;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.it.fixture.Command;
import dev.parley.it.fixture.Command.Outcome;
import dev.parley.it.fixture.FreePorts;
import dev.parley.it.fixture.ParleyProcess;
import dev.parley.it.fixture.RunningProgram;
import dev.parley.it.needs.Need;
import dev.parley.it.needs.Needs;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** TURN over DTLS as OpenSSL, GnuTLS and coturn's client see it. */
@Needs({Need.TLS_TOOLS, Need.COTURN_TOOLS})
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DtlsIT {
    private static final Duration PATIENCE = Duration.ofMinutes(1);
    private static final int MESSAGES = 20;

    private final HostKeys keys = HostKeys.make(0x1001);
    private final int peerPort = FreePorts.find();
    private final int tlsPort = FreePorts.find();
    private final ParleyProcess parley = ParleyProcess.loopbackPlan()
            .set("tls.certificate", keys.certificate())
            .set("tls.private-key", keys.privateKey())
            .set("turn.dtls", true)
            .set("turn.tls-port", tlsPort)
            .set("turn.quota.per-user", 200)
            .set("turn.limits.channel-numbers", "rfc-5766")
            .start();
    private final RunningProgram peer =
            RunningProgram.start(List.of("turnutils_peer", "-L", "127.0.0.1", "-p", Integer.toString(peerPort)));

    @AfterAll
    void everythingEndsWell() {
        peer.close();
        parley.close();
    }

    @Test
    void opensslCompletesAHandshakeWithEverySuite() {
        for (String suite : List.of(
                "ECDHE-ECDSA-AES128-GCM-SHA256", "ECDHE-ECDSA-AES256-GCM-SHA384", "ECDHE-ECDSA-CHACHA20-POLY1305")) {
            Outcome outcome = TlsTool.openssl(tlsPort, "-dtls1_2", "-cipher", suite);
            assertThat(outcome.output()).as(outcome.everything()).contains("Cipher is " + suite, "DTLSv1.2");
        }
    }

    @Test
    void opensslIsRefusedOldVersionsAndSuitesWithoutForwardSecrecy() {
        for (List<String> options : List.of(
                List.of("-dtls1", "-cipher", "ALL:@SECLEVEL=0"),
                List.of("-dtls1_2", "-cipher", "AES128-GCM-SHA256"),
                List.of("-dtls1_2", "-cipher", "ECDHE-ECDSA-AES128-SHA"))) {
            Outcome outcome = TlsTool.openssl(tlsPort, options.toArray(String[]::new));
            assertThat(outcome.output()).as(outcome.everything()).contains("Cipher is (NONE)");
        }
    }

    @Test
    void opensslAgreesOnTheApplicationProtocol() {
        assertThat(TlsTool.openssl(tlsPort, "-dtls1_2", "-alpn", "stun.turn").output())
                .contains("ALPN protocol: stun.turn");
        assertThat(TlsTool.openssl(tlsPort, "-dtls1_2", "-alpn", "h2").everything())
                .contains("alert no application protocol", "Cipher is (NONE)");
    }

    @Test
    void theFirstGroupThatBothSidesKnowIsTaken() {
        // P-256 is always among them, because OpenSSL wants the certificate to be on a curve that it offers.
        assertThat(temporaryKey("P-384:P-256:X25519")).contains("Server Temp Key: X25519");
        assertThat(temporaryKey("P-521:P-384:P-256")).contains("Server Temp Key: ECDH, prime256v1");
    }

    private String temporaryKey(String groups) {
        return TlsTool.openssl(tlsPort, "-dtls1_2", "-groups", groups).output();
    }

    @Test
    void gnutlsCompletesAHandshakeOnThePortOfTurnsUrisAndOnThatOfTurn() {
        for (int port : List.of(tlsPort, parley.turnPort())) {
            Outcome outcome = TlsTool.gnutls(port, "--udp");
            assertThat(outcome.everything()).contains("Handshake was completed", "DTLS1.2");
        }
    }

    @Test
    void associationsAndHandshakesAreCounted() throws IOException, InterruptedException {
        TlsTool.gnutls(tlsPort, "--udp");
        HttpResponse<String> metrics = HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + parley.adminPort() + "/metrics"))
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
        assertThat(metrics.body())
                .containsPattern("parley_turn_dtls_handshakes_ended_total\\{result=\"completed\"} [1-9]")
                .contains(
                        "parley_turn_dtls_handshakes 0.0", "parley_turn_dtls_refused_total{reason=\"handshakes\"} 0.0");
    }

    @Test
    void uclientOverDtlsLosesNothing() {
        for (Outcome outcome : Command.runAll(
                PATIENCE,
                List.of(
                        uclientWords(List.of("-m", "10"), MESSAGES),
                        uclientWords(List.of("-m", "10", "-s"), MESSAGES)))) {
            assertThat(outcome.exitCode()).as(outcome.everything()).isZero();
            assertThat(outcome.everything())
                    .contains("Total lost packets 0 (0.000000%), total send dropped 0 (0.000000%)")
                    .contains("tot_recv_msgs=" + 10 * MESSAGES);
        }
    }

    @Test
    void aRenewedCertificateIsPresentedSoonWhileAnAllocationGoesOn() {
        RunningProgram relaying = RunningProgram.start(uclientWords(List.of("-m", "1"), 400));
        try {
            keys.renew(0x2002);
            HostKeys.awaitRenewed(this::serial, "serial=2002");
            assertThat(relaying.awaitExit(PATIENCE)).as(relaying.everything()).isZero();
            assertThat(relaying.everything()).contains("Total lost packets 0 (0.000000%)");
        } finally {
            relaying.close();
        }
    }

    private String serial() {
        return Command.run(
                        PATIENCE,
                        List.of(
                                "sh",
                                "-c",
                                "openssl s_client -dtls1_2 -connect 127.0.0.1:" + tlsPort
                                        + " </dev/null 2>/dev/null | openssl x509 -noout -serial"))
                .output();
    }

    private List<String> uclientWords(List<String> options, int messages) {
        List<String> words = new ArrayList<>(List.of("turnutils_uclient", "-S"));
        words.addAll(options);
        Stream.of("-W", ParleyProcess.SECRET, "-u", "ann", "-e", "127.0.0.1").forEach(words::add);
        Stream.of("-p", Integer.toString(tlsPort), "-r", Integer.toString(peerPort))
                .forEach(words::add);
        Stream.of("-n", Integer.toString(messages), "-l", "170", "127.0.0.1").forEach(words::add);
        return words;
    }
}
