package dev.parley.server;

import dev.parley.config.DtlsLimitsConfig;
import dev.parley.config.TlsConfig;
import dev.parley.config.TurnConfig;
import dev.parley.turn.dtls.DtlsLimits;
import dev.parley.turn.dtls.DtlsShared;
import dev.parley.turn.tls.CertificateFiles;
import dev.parley.turn.tls.Certificates;
import dev.parley.turn.tls.ServerTls;
import dev.parley.turn.tls.TlsContexts;
import dev.parley.turn.tls.UnusableCertificateException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.List;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The certificate that the configuration names, watched for as long as the server runs. */
final class HostCertificate implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(HostCertificate.class);

    private final Certificates certificates;

    private HostCertificate(Certificates certificates) {
        this.certificates = certificates;
    }

    /** Null if none is configured; a refusal names the key to change. */
    static @Nullable HostCertificate of(TlsConfig config, InstantSource clock) throws StartException {
        Path certificate = config.certificate();
        Path privateKey = config.privateKey();
        if (certificate == null && privateKey == null) {
            return null;
        }
        if (certificate == null) {
            throw new StartException("tls.certificate: missing; tls.private-key is of no use without it");
        }
        if (privateKey == null) {
            throw new StartException("tls.private-key: missing; tls.certificate is of no use without it");
        }
        CertificateFiles files = new CertificateFiles(certificate, privateKey);
        try {
            Certificates read = Certificates.read(files, clock);
            if (files.isKeyWorldReadable()) {
                LOG.warn("tls.private-key: every user of this host may read {}; chmod o-r {}", privateKey, privateKey);
            }
            return new HostCertificate(read);
        } catch (UnusableCertificateException e) {
            throw new StartException((e.isAboutKey() ? "tls.private-key: " : "tls.certificate: ") + e.getMessage(), e);
        }
    }

    /** Keys and limits of DTLS if it is asked for, otherwise null. */
    static @Nullable DtlsShared dtls(TurnConfig turn, @Nullable HostCertificate certificate) throws StartException {
        if (!turn.dtls()) {
            return null;
        }
        if (certificate == null) {
            throw new StartException("turn.dtls: needs a certificate; set tls.certificate and tls.private-key");
        }
        DtlsLimitsConfig limits = turn.dtlsLimits();
        return new DtlsShared(
                certificate.certificates::current,
                new DtlsLimits(
                        limits.handshakes(),
                        limits.handshakesPerAddress(),
                        limits.associations(),
                        limits.associationsPerAddress(),
                        limits.handshakeTimeout(),
                        limits.idleTimeout()),
                new SecureRandom());
    }

    /** What is presented, and how the files are. */
    Certificates certificates() {
        return certificates;
    }

    /**
     * Contexts that follow the certificate.
     *
     * @param applicationProtocols ALPN names to agree to
     */
    TlsContexts contexts(List<String> applicationProtocols) throws StartException {
        try {
            return ServerTls.of(certificates, applicationProtocols);
        } catch (SSLException e) {
            throw new StartException("tls.certificate: the TLS library refuses it: " + e.getMessage(), e);
        }
    }

    /** From now on changes of the files are noticed. */
    void watch() {
        certificates.watch();
        if (!ServerTls.isNative()) {
            LOG.warn("the native TLS library is not available here: TLS works, but slower");
        }
    }

    @Override
    public void close() {
        certificates.close();
    }
}
