package dev.parley.turn.tls;

import io.netty.handler.ssl.ApplicationProtocolConfig;
import io.netty.handler.ssl.DelegatingSslContext;
import io.netty.handler.ssl.OpenSsl;
import io.netty.handler.ssl.OpenSslContextOption;
import io.netty.handler.ssl.OpenSslServerContext;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import io.netty.handler.ssl.SupportedCipherSuiteFilter;
import java.util.List;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The TLS context of one kind of listener, on BoringSSL where its library loads and on the JDK elsewhere. A newer
 * certificate makes a whole new context, so nothing of the old one (cached keys, sessions) can outlive it there.
 *
 * <p>No session is resumed: neither tickets nor a cache, so no ticket key exists that could leak or grow stale.
 */
public final class ServerTls implements TlsContexts {
    private static final Logger LOG = LoggerFactory.getLogger(ServerTls.class);

    static {
        // Before the first context: Netty and the JDK take these two from system properties only, and once.
        setUnlessChosen("jdk.tls.server.enableSessionTicketExtension", "false");
        setUnlessChosen("jdk.tls.rejectClientInitiatedRenegotiation", "true");
    }

    private final SslProvider provider;
    private final List<String> applicationProtocols;
    private volatile SslContext current;

    private ServerTls(SslProvider provider, List<String> applicationProtocols, KeyMaterial material)
            throws SSLException {
        this.provider = provider;
        this.applicationProtocols = applicationProtocols;
        this.current = create(material);
    }

    /**
     * Contexts that follow these certificates.
     *
     * @param applicationProtocols ALPN names to agree to, the most wanted first
     * @throws SSLException if the certificate is of no use to the TLS library
     */
    public static ServerTls of(Certificates certificates, List<String> applicationProtocols) throws SSLException {
        return of(certificates, applicationProtocols, isNative() ? SslProvider.OPENSSL : SslProvider.JDK);
    }

    static ServerTls of(Certificates certificates, List<String> applicationProtocols, SslProvider provider)
            throws SSLException {
        ServerTls tls = new ServerTls(provider, List.copyOf(applicationProtocols), certificates.current());
        certificates.follow(tls::renew);
        return tls;
    }

    /** Whether BoringSSL is in use. */
    public static boolean isNative() {
        return OpenSsl.isAvailable();
    }

    @Override
    public SslContext current() {
        return current;
    }

    private void renew(KeyMaterial material) {
        try {
            current = create(material);
        } catch (SSLException e) {
            LOG.error("the TLS library refuses certificate {}; the one before stays in use", material.serial(), e);
        }
    }

    private SslContext create(KeyMaterial material) throws SSLException {
        SslContextBuilder builder = SslContextBuilder.forServer(material.privateKey(), material.chain())
                .sslProvider(provider)
                .protocols(TlsPolicy.PROTOCOLS)
                .ciphers(TlsPolicy.SUITES, SupportedCipherSuiteFilter.INSTANCE)
                .applicationProtocolConfig(new ApplicationProtocolConfig(
                        ApplicationProtocolConfig.Protocol.ALPN,
                        // All that BoringSSL can do; a listener that wants the alert of RFC 7301 looks before.
                        ApplicationProtocolConfig.SelectorFailureBehavior.NO_ADVERTISE,
                        ApplicationProtocolConfig.SelectedListenerFailureBehavior.ACCEPT,
                        applicationProtocols));
        if (provider == SslProvider.JDK) {
            return jdk(builder);
        }
        SslContext context = builder.option(OpenSslContextOption.GROUPS, TlsPolicy.GROUPS.toArray(new String[0]))
                .build();
        if (context instanceof OpenSslServerContext server) {
            server.sessionContext().setSessionCacheEnabled(false);
        }
        return context;
    }

    /** The JDK takes the groups per engine. */
    private static SslContext jdk(SslContextBuilder builder) throws SSLException {
        return new DelegatingSslContext(builder.build()) {
            @Override
            protected void initEngine(SSLEngine engine) {
                SSLParameters parameters = engine.getSSLParameters();
                parameters.setNamedGroups(TlsPolicy.JDK_GROUPS.toArray(new String[0]));
                parameters.setUseCipherSuitesOrder(true);
                engine.setSSLParameters(parameters);
            }
        };
    }

    private static void setUnlessChosen(String property, String value) {
        if (System.getProperty(property) == null) {
            System.setProperty(property, value);
        }
    }
}
