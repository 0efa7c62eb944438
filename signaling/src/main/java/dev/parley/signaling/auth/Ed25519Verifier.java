package dev.parley.signaling.auth;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSVerifier;
import com.nimbusds.jose.jca.JCAContext;
import com.nimbusds.jose.util.Base64URL;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.Signature;
import java.security.SignatureException;
import java.security.spec.X509EncodedKeySpec;
import java.util.HexFormat;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Ed25519 (RFC 8032) by the platform; the library's own wants another library for it. */
final class Ed25519Verifier implements JWSVerifier {
    static final int KEY_BYTES = 32;

    /** What an X.509 SubjectPublicKeyInfo of Ed25519 begins with (RFC 8410 section 4); the key follows. */
    private static final byte[] KEY_PREFIX = HexFormat.of().parseHex("302a300506032b6570032100");

    private final PublicKey key;
    private final JCAContext context = new JCAContext();

    private Ed25519Verifier(PublicKey key) {
        this.key = key;
    }

    /** Null if these are not the bytes of a key. */
    static @Nullable Ed25519Verifier find(byte[] publicKey) {
        if (publicKey.length != KEY_BYTES) {
            return null;
        }
        byte[] encoded = new byte[KEY_PREFIX.length + KEY_BYTES];
        System.arraycopy(KEY_PREFIX, 0, encoded, 0, KEY_PREFIX.length);
        System.arraycopy(publicKey, 0, encoded, KEY_PREFIX.length, KEY_BYTES);
        try {
            return new Ed25519Verifier(
                    KeyFactory.getInstance("Ed25519").generatePublic(new X509EncodedKeySpec(encoded)));
        } catch (GeneralSecurityException noKey) {
            return null;
        }
    }

    @Override
    public boolean verify(JWSHeader header, byte[] signed, Base64URL signature) {
        try {
            Signature verification = Signature.getInstance("Ed25519");
            verification.initVerify(key);
            verification.update(signed);
            return verification.verify(signature.decode());
        } catch (SignatureException malformed) {
            return false;
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("every JDK has Ed25519", impossible);
        }
    }

    @Override
    public Set<JWSAlgorithm> supportedJWSAlgorithms() {
        return Set.of(JWSAlgorithm.EdDSA);
    }

    @Override
    public JCAContext getJCAContext() {
        return context;
    }
}
