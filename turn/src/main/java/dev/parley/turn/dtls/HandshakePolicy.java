package dev.parley.turn.dtls;

import dev.parley.turn.tls.KeyMaterial;
import dev.parley.turn.tls.TlsPolicy;
import java.io.IOException;
import java.util.Vector;
import org.bouncycastle.tls.AbstractTlsServer;
import org.bouncycastle.tls.AlertDescription;
import org.bouncycastle.tls.CipherSuite;
import org.bouncycastle.tls.HashAlgorithm;
import org.bouncycastle.tls.NamedGroup;
import org.bouncycastle.tls.ProtocolName;
import org.bouncycastle.tls.ProtocolVersion;
import org.bouncycastle.tls.SignatureAlgorithm;
import org.bouncycastle.tls.SignatureAndHashAlgorithm;
import org.bouncycastle.tls.TlsCredentials;
import org.bouncycastle.tls.TlsFatalAlert;

/**
 * What one handshake agrees to: DTLS 1.2, the suites and groups of {@link TlsPolicy}, no resumption, no client
 * certificate.
 */
@SuppressWarnings("rawtypes") // the library is older than generics
final class HandshakePolicy extends AbstractTlsServer {
    private static final int[] ECDSA_SUITES = {
        CipherSuite.TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256,
        CipherSuite.TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384,
        CipherSuite.TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256
    };
    private static final int[] RSA_SUITES = {
        CipherSuite.TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256,
        CipherSuite.TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384,
        CipherSuite.TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256
    };
    private static final int[] GROUPS = {NamedGroup.x25519, NamedGroup.secp256r1, NamedGroup.secp384r1};
    private static final short[] HASHES = {HashAlgorithm.sha256, HashAlgorithm.sha384, HashAlgorithm.sha512};

    private final HandshakeCrypto ourCrypto;
    private final KeyMaterial material;
    private final int deadlineMillis;

    HandshakePolicy(HandshakeCrypto crypto, KeyMaterial material, int deadlineMillis) {
        super(crypto);
        this.ourCrypto = crypto;
        this.material = material;
        this.deadlineMillis = deadlineMillis;
    }

    @Override
    protected ProtocolVersion[] getSupportedVersions() {
        return ProtocolVersion.DTLSv12.only();
    }

    @Override
    protected int[] getSupportedCipherSuites() {
        return (isEc() ? ECDSA_SUITES : RSA_SUITES).clone();
    }

    @Override
    protected boolean preferLocalCipherSuites() {
        return true;
    }

    @Override
    public int[] getSupportedGroups() {
        return GROUPS.clone();
    }

    /** The first of our groups that the client has too; the library itself would take any that the client names. */
    @Override
    protected int selectECDH(int minimumCurveBits) {
        int[] offered = context.getSecurityParametersHandshake().getClientSupportedGroups();
        if (offered == null) {
            return NamedGroup.secp256r1; // RFC 8422 section 4: a client that says nothing takes any
        }
        for (int group : GROUPS) {
            if (NamedGroup.getCurveBits(group) >= minimumCurveBits && contains(offered, group)) {
                return group;
            }
        }
        return -1;
    }

    private static boolean contains(int[] offered, int group) {
        for (int one : offered) {
            if (one == group) {
                return true;
            }
        }
        return false;
    }

    @Override
    public TlsCredentials getCredentials() throws IOException {
        return new CertificateSigner(ourCrypto, material, signatureAlgorithm());
    }

    private SignatureAndHashAlgorithm signatureAlgorithm() throws IOException {
        Vector offered = context.getSecurityParametersHandshake().getClientSigAlgs();
        short signature = isEc() ? SignatureAlgorithm.ecdsa : SignatureAlgorithm.rsa;
        for (short hash : HASHES) {
            SignatureAndHashAlgorithm wanted = SignatureAndHashAlgorithm.getInstance(hash, signature);
            if (offered != null && offered.contains(wanted)) {
                return wanted;
            }
        }
        throw new TlsFatalAlert(AlertDescription.handshake_failure);
    }

    private boolean isEc() {
        return material.privateKey().getAlgorithm().equals("EC");
    }

    /** A client that offers other names only gets the alert of RFC 7301 from the library. */
    @Override
    protected Vector getProtocolNames() {
        Vector<ProtocolName> names = new Vector<>();
        for (String name : TlsPolicy.TURN_PROTOCOLS) {
            names.add(ProtocolName.asUtf8Encoding(name));
        }
        return names;
    }

    @Override
    public int getHandshakeTimeoutMillis() {
        return deadlineMillis;
    }

    @Override
    public int getMaxHandshakeMessageSize() {
        return FragmentGate.MESSAGE_BYTES_MAX;
    }
}
