package dev.parley.turn.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.buffer.ByteBufAllocator;
import io.netty.handler.ssl.SslProvider;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.InstantSource;
import java.util.List;
import java.util.stream.Stream;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLException;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Handshakes in memory, on both TLS libraries, against a client of the JDK. */
class ServerTlsTest {
    private static final TestCertificate EC = TestCertificate.ec(0x51);
    private static final TestCertificate RSA = TestCertificate.rsa(0x52);

    @TempDir
    Path directory = Path.of("");

    static Stream<SslProvider> providers() {
        return Stream.of(SslProvider.OPENSSL, SslProvider.JDK);
    }

    @ParameterizedTest
    @MethodSource("providers")
    void bothVersionsAndBothKindsOfKeyWork(SslProvider provider) throws Exception {
        for (TestCertificate certificate : List.of(EC, RSA)) {
            for (String version : List.of("TLSv1.3", "TLSv1.2")) {
                SSLEngine client = handshake(tls(provider, certificate), version, List.of(), List.of());
                assertThat(client.getSession().getProtocol()).isEqualTo(version);
                assertThat(serial(client)).isEqualTo(certificate.material().serial());
            }
        }
    }

    @ParameterizedTest
    @MethodSource("providers")
    void applicationProtocolsOfTurnAreAgreedToAndOthersPassedOver(SslProvider provider) throws Exception {
        ServerTls tls = tls(provider, EC);

        assertThat(alpn(tls, "h2", "stun.turn")).isEqualTo("stun.turn");
        assertThat(alpn(tls, "stun.nat-discovery")).isEqualTo("stun.nat-discovery");
        assertThat(alpn(tls, "h2")).isEmpty();
        assertThat(alpn(tls)).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("providers")
    void row54RsaKeyExchangeAndCipherBlockChainingAreRefused(SslProvider provider) throws Exception {
        for (String suite : List.of(
                "TLS_RSA_WITH_AES_128_GCM_SHA256",
                "TLS_RSA_WITH_AES_256_CBC_SHA",
                "TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA",
                "TLS_DHE_RSA_WITH_AES_128_GCM_SHA256")) {
            ServerTls tls = tls(provider, RSA);
            assertThatThrownBy(() -> handshake(tls, "TLSv1.2", List.of(suite), List.of()))
                    .as(suite)
                    .isInstanceOf(SSLException.class);
        }
    }

    private String alpn(ServerTls tls, String... offered) throws SSLException {
        return handshake(tls, "TLSv1.3", List.of(), List.of(offered)).getApplicationProtocol();
    }

    private ServerTls tls(SslProvider provider, TestCertificate certificate) throws Exception {
        return ServerTls.of(
                Certificates.read(certificate.writeInto(directory), InstantSource.system()),
                TlsPolicy.TURN_PROTOCOLS,
                provider);
    }

    private static String serial(SSLEngine client) throws SSLException {
        X509Certificate presented = (X509Certificate) client.getSession().getPeerCertificates()[0];
        return presented.getSerialNumber().toString(16);
    }

    /** The client's engine once both sides are through; what either side refuses comes out as its exception. */
    private static SSLEngine handshake(ServerTls tls, String version, List<String> suites, List<String> protocols)
            throws SSLException {
        SSLEngine client = TestTlsClient.engine(version, suites, protocols);
        SSLEngine server = tls.current().newEngine(ByteBufAllocator.DEFAULT);
        ByteBuffer toServer = ByteBuffer.allocate(1 << 16);
        ByteBuffer toClient = ByteBuffer.allocate(1 << 16);
        for (int turn = 0; turn < 20; turn++) {
            step(client, toClient, toServer);
            step(server, toServer, toClient);
        }
        assertThat(client.getHandshakeStatus()).isEqualTo(SSLEngineResult.HandshakeStatus.NOT_HANDSHAKING);
        return client;
    }

    private static void step(SSLEngine engine, ByteBuffer from, ByteBuffer to) throws SSLException {
        ByteBuffer scratch = ByteBuffer.allocate(1 << 16);
        from.flip();
        while (from.hasRemaining()) {
            int before = from.remaining();
            engine.unwrap(from, scratch);
            runTasks(engine);
            if (from.remaining() == before) {
                break;
            }
        }
        from.compact();
        for (int i = 0; i < 8; i++) {
            engine.wrap(ByteBuffer.allocate(0), to);
            runTasks(engine);
        }
    }

    private static void runTasks(SSLEngine engine) {
        for (Runnable task = engine.getDelegatedTask(); task != null; task = engine.getDelegatedTask()) {
            task.run();
        }
    }
}
