package dev.parley.turn.transport;

import dev.parley.turn.tls.TestCertificate;
import dev.parley.turn.tls.TlsPolicy;
import io.netty.handler.ssl.ApplicationProtocolConfig;
import io.netty.handler.ssl.ApplicationProtocolConfig.Protocol;
import io.netty.handler.ssl.ApplicationProtocolConfig.SelectedListenerFailureBehavior;
import io.netty.handler.ssl.ApplicationProtocolConfig.SelectorFailureBehavior;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.util.InsecureTrustManagerFactory;
import java.util.List;
import javax.net.ssl.SSLException;

/** The certificate of a {@link RelayFixture}, made when it is first wanted, and clients that trust everybody. */
final class TestTls {
    private TestTls() {}

    private static final class Made {
        static final SslContext CONTEXT = make();

        private static SslContext make() {
            TestCertificate certificate = TestCertificate.ec(1);
            try {
                return SslContextBuilder.forServer(certificate.keys().getPrivate(), certificate.certificate())
                        .applicationProtocolConfig(alpn(TlsPolicy.TURN_PROTOCOLS))
                        .build();
            } catch (SSLException e) {
                throw new AssertionError(e);
            }
        }
    }

    static SslContext context() {
        return Made.CONTEXT;
    }

    static SslContext client(List<String> applicationProtocols) {
        try {
            SslContextBuilder builder =
                    SslContextBuilder.forClient().trustManager(InsecureTrustManagerFactory.INSTANCE);
            if (!applicationProtocols.isEmpty()) {
                builder.applicationProtocolConfig(alpn(applicationProtocols));
            }
            return builder.build();
        } catch (SSLException e) {
            throw new AssertionError(e);
        }
    }

    private static ApplicationProtocolConfig alpn(List<String> names) {
        return new ApplicationProtocolConfig(
                Protocol.ALPN, SelectorFailureBehavior.NO_ADVERTISE, SelectedListenerFailureBehavior.ACCEPT, names);
    }
}
