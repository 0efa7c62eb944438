package dev.parley.it.conformance;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.parley.it.wire.Packet;
import dev.parley.it.wire.StreamLink;
import dev.parley.it.wire.Transport;
import dev.parley.it.wire.TrustingTls;
import dev.parley.it.wire.Wire;
import java.io.IOException;
import java.net.Socket;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.HexFormat;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** What TLS must be like: RFC 8489 section 6.2.3 and what it refers to, RFC 7443. */
@ParameterizedClass
@EnumSource(names = "TLS")
class SecuredTransportIT extends Suite {
    private static final int ALERT = 21;

    SecuredTransportIT(Transport transport) {
        super(transport);
    }

    private SSLSocket connect() throws IOException {
        var socket = (SSLSocket) TrustingTls.context()
                .getSocketFactory()
                .createSocket(serverAddress().getAddress(), serverAddress().getPort());
        socket.setSoTimeout((int) SOON.toMillis());
        return socket;
    }

    @Must("8489 6.2.3")
    void aNewClientGetsTls13OrForwardSecrecy() {
        var link = (StreamLink) client().link();
        String suite = ((SSLSocket) link.socket()).getSession().getCipherSuite();
        expect(
                suite.startsWith("TLS_AES") || suite.startsWith("TLS_CHACHA20") || suite.startsWith("TLS_ECDHE"),
                "the suite is " + suite);
    }

    @Must("8489 6.2.3")
    void tls12WithEcdheAndAesGcmIsServed() throws IOException {
        try (SSLSocket socket = connect()) {
            socket.setEnabledProtocols(new String[] {"TLSv1.2"});
            socket.setEnabledCipherSuites(
                    new String[] {"TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256", "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256"});
            socket.startHandshake();
            expect(socket.getSession().getProtocol().equals("TLSv1.2"), "not TLS 1.2");
        }
    }

    /** Java itself no longer asks for such suites, so the greeting is written by hand. */
    @Must("8489 6.2.3")
    void suitesWithoutForwardSecrecyAreRefused() throws IOException {
        try (var socket =
                new Socket(serverAddress().getAddress(), serverAddress().getPort())) {
            socket.setSoTimeout((int) SOON.toMillis());
            socket.getOutputStream().write(greetingWithoutForwardSecrecy());
            int recordType = socket.getInputStream().read();
            expect(recordType == ALERT || recordType < 0, "answered with a record of type " + recordType);
        }
    }

    /** A ClientHello of TLS 1.2 with TLS_RSA_WITH_AES_128_GCM_SHA256 and TLS_RSA_WITH_AES_128_CBC_SHA alone. */
    private static byte[] greetingWithoutForwardSecrecy() {
        byte[] random = new byte[32];
        new SecureRandom().nextBytes(random);
        HexFormat hex = HexFormat.of();
        String signatures = "000d" + "0008" + "0006" + "0401" + "0403" + "0804";
        String hello = "0303" + hex.formatHex(random) + "00" + "0004" + "009c" + "002f" + "0100" + "000c" + signatures;
        String handshake = "01" + hex.toHexDigits(hello.length() / 2, 6) + hello;
        return hex.parseHex("160301" + hex.toHexDigits(handshake.length() / 2, 4) + handshake);
    }

    @Should("8489 6.2.3")
    void theApplicationProtocolStunTurnIsAccepted() throws IOException {
        try (SSLSocket socket = connect()) {
            var parameters = socket.getSSLParameters();
            parameters.setApplicationProtocols(new String[] {"stun.turn"});
            socket.setSSLParameters(parameters);
            socket.startHandshake();
            socket.getOutputStream().write(Packet.request(Wire.BINDING).bytes());
            expect(socket.getInputStream().readNBytes(Wire.HEADER_BYTES).length == Wire.HEADER_BYTES, "not answered");
        }
    }

    @Should("8489 8.1")
    void plainAndSecuredConnectionsAreToldApartOnOnePort() {
        assumeTrue(server().find(Transport.TCP) != null, "no TCP");
        try (var link = StreamLink.plain(server().freshSource(serverAddress()), serverAddress())) {
            Packet request = Packet.request(Wire.BINDING);
            link.send(request.bytes());
            expect(link.receive(Duration.ofSeconds(1)) != null, "plain TCP is not answered on the port of TLS");
        }
    }
}
