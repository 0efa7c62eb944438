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
import java.net.InetAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** TURN over TLS as OpenSSL, GnuTLS and coturn's client see it, on both ports that take it. */
@Needs({Need.TLS_TOOLS, Need.COTURN_TOOLS})
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TlsIT {
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    private final HostKeys keys = HostKeys.make(0x1001);
    private final int tlsPort = FreePorts.find();
    private final int peerPort = FreePorts.find();
    private final ParleyProcess parley = ParleyProcess.loopbackPlan()
            .set("tls.certificate", keys.certificate())
            .set("tls.private-key", keys.privateKey())
            .set("turn.tls-port", tlsPort)
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
    void opensslCompletesAHandshakeOfBothVersionsOnBothPorts() {
        for (int port : new int[] {tlsPort, parley.turnPort()}) {
            assertThat(TlsTool.openssl(port, "-tls1_2").output()).contains("TLSv1.2, Cipher is ECDHE-ECDSA-");
            assertThat(TlsTool.openssl(port, "-tls1_3").output()).contains("TLSv1.3, Cipher is TLS_");
        }
    }

    @Test
    void everySuiteOfTheListIsServedAndOthersAreRefused() {
        for (String suite : List.of(
                "ECDHE-ECDSA-AES128-GCM-SHA256", "ECDHE-ECDSA-AES256-GCM-SHA384", "ECDHE-ECDSA-CHACHA20-POLY1305")) {
            assertThat(TlsTool.openssl(tlsPort, "-tls1_2", "-cipher", suite).output())
                    .contains("Cipher is " + suite);
        }
        for (String suite :
                List.of("TLS_AES_128_GCM_SHA256", "TLS_AES_256_GCM_SHA384", "TLS_CHACHA20_POLY1305_SHA256")) {
            assertThat(TlsTool.openssl(tlsPort, "-tls1_3", "-ciphersuites", suite)
                            .output())
                    .contains("Cipher is " + suite);
        }
        for (String suite : List.of("AES128-GCM-SHA256", "ECDHE-ECDSA-AES128-SHA", "DHE-RSA-AES128-GCM-SHA256")) {
            assertThat(TlsTool.openssl(tlsPort, "-tls1_2", "-cipher", suite).output())
                    .contains("Cipher is (NONE)");
        }
    }

    @Test
    void oldVersionsAreRefused() {
        for (String version : List.of("-tls1", "-tls1_1")) {
            assertThat(TlsTool.openssl(tlsPort, version, "-cipher", "ALL:@SECLEVEL=0")
                            .output())
                    .contains("Cipher is (NONE)");
        }
    }

    @Test
    void nothingIsResumed() {
        assertThat(TlsTool.openssl(tlsPort, "-tls1_2").output()).doesNotContain("TLS session ticket:");
        assertThat(TlsTool.openssl(tlsPort, "-tls1_2", "-reconnect").output()).doesNotContain("Reused,");
    }

    @Test
    void applicationProtocolsOfTurnAreAgreedToAndOthersAloneRefused() {
        for (String protocol : List.of("stun.turn", "stun.nat-discovery")) {
            assertThat(TlsTool.openssl(tlsPort, "-alpn", protocol).output()).contains("ALPN protocol: " + protocol);
        }
        for (String version : List.of("-tls1_2", "-tls1_3")) {
            assertThat(TlsTool.openssl(tlsPort, version, "-alpn", "h2,http/1.1").everything())
                    .as("RFC 7301 section 3.2")
                    .contains("alert no application protocol", "Cipher is (NONE)");
            assertThat(TlsTool.openssl(tlsPort, version, "-alpn", "h2,stun.turn")
                            .output())
                    .contains("ALPN protocol: stun.turn");
        }
    }

    @Test
    void nothingIsCompressedSentEarlyOrNegotiatedAgain() {
        assertThat(TlsTool.openssl(tlsPort, "-tls1_2", "-comp", "-cipher", "ALL:@SECLEVEL=0")
                        .output())
                .contains("Compression: NONE", "Secure Renegotiation IS supported");
        assertThat(TlsTool.openssl(tlsPort, "-tls1_3").output())
                .contains("Cipher is TLS_")
                .doesNotContain("Early data was accepted")
                .doesNotContainPattern("Max Early Data: [1-9]");
        Outcome again = Command.run(
                PATIENCE,
                List.of(
                        "sh",
                        "-c",
                        "{ sleep 1; echo R; sleep 1; } | openssl s_client -tls1_2 -connect 127.0.0.1:" + tlsPort
                                + " 2>&1"));
        assertThat(again.output()).contains("RENEGOTIATING").containsAnyOf("no renegotiation", "error:");
        assertThat(again.output().split("BEGIN SSL SESSION PARAMETERS|verify return:", -1).length)
                .as("no second handshake: " + again.output())
                .isLessThanOrEqualTo(3);
    }

    @Test
    void onlyTheThreeGroupsAreTaken() {
        for (String group : List.of("X25519", "P-256", "P-384")) {
            assertThat(TlsTool.openssl(tlsPort, "-tls1_3", "-groups", group).output())
                    .as(group)
                    .contains("Cipher is TLS_");
        }
        for (String group : List.of("P-521", "X448", "ffdhe2048")) {
            assertThat(TlsTool.openssl(tlsPort, "-tls1_3", "-groups", group).output())
                    .as(group)
                    .contains("Cipher is (NONE)");
        }
    }

    @Test
    void gnutlsCompletesAHandshake() {
        assertThat(TlsTool.gnutls(tlsPort).everything()).contains("Handshake was completed", "TLS1.3");
        assertThat(TlsTool.gnutls(tlsPort, "--priority", "NORMAL:-VERS-ALL:+VERS-TLS1.2")
                        .everything())
                .contains("Handshake was completed", "TLS1.2");
    }

    @Test
    void row51AHugeClientHelloIsClosedWithinTenSecondsOnEachPort() throws IOException {
        byte[] greedy = {22, 3, 1, 0x3E, (byte) 0x80, 1, (byte) 0xFF, (byte) 0xFF, (byte) 0xFF};
        List<Socket> sockets = new ArrayList<>();
        for (int port : new int[] {tlsPort, parley.turnPort()}) {
            Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
            socket.getOutputStream().write(greedy);
            sockets.add(socket);
        }
        long startNanos = System.nanoTime();
        for (Socket socket : sockets) {
            socket.setSoTimeout(15_000);
            while (socket.getInputStream().read() >= 0) {
                // An alert may come before the end.
            }
            socket.close();
        }
        Duration passed = Duration.ofNanos(System.nanoTime() - startNanos);
        System.out.println("row 51: closed after " + passed.toMillis() + " ms on both ports");
        assertThat(passed).isLessThan(Duration.ofSeconds(12));
    }

    @Test
    void aRenewedCertificateIsPresentedSoonWhileAnAllocationGoesOn() {
        RunningProgram relaying = RunningProgram.start(uclient(400));
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
        Outcome outcome = Command.run(
                PATIENCE,
                List.of(
                        "sh",
                        "-c",
                        "openssl s_client -connect 127.0.0.1:" + tlsPort
                                + " </dev/null 2>/dev/null | openssl x509 -noout -serial"));
        return outcome.output();
    }

    private List<String> uclient(int messages) {
        List<String> words = new ArrayList<>(List.of("turnutils_uclient", "-t", "-S", "-m", "1"));
        Stream.of("-W", ParleyProcess.SECRET, "-u", "ann", "-e", "127.0.0.1").forEach(words::add);
        Stream.of("-p", Integer.toString(tlsPort), "-r", Integer.toString(peerPort))
                .forEach(words::add);
        Stream.of("-n", Integer.toString(messages), "-l", "170", "127.0.0.1").forEach(words::add);
        return words;
    }
}
