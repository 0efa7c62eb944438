package dev.parley.signaling.auth;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.OctetKeyPair;
import com.nimbusds.jose.jwk.RSAKey;
import java.text.ParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The public keys of a JSON Web Key Set (RFC 7517) that are good for tokens. Keys for encryption, weak ones and
 * shared secrets are left out: a secret has no place in a document that is fetched.
 */
record KeySet(List<VerifyingKey> keys) {
    static final int RSA_MIN_BITS = 2048;
    static final int MAX_KEYS = 64;

    /** Of a token that does not name its key so many are tried. */
    private static final int MAX_TRIES = 8;

    KeySet {
        keys = List.copyOf(keys);
    }

    /** Null if the text is no key set, or none of its keys is good. */
    static @Nullable KeySet find(String text) {
        try {
            List<VerifyingKey> keys = new ArrayList<>();
            for (JWK key : JWKSet.parse(text).getKeys()) {
                VerifyingKey good = key(key);
                if (good != null && keys.size() < MAX_KEYS) {
                    keys.add(good);
                }
            }
            return keys.isEmpty() ? null : new KeySet(keys);
        } catch (ParseException | JOSEException unreadable) {
            return null;
        }
    }

    private static @Nullable VerifyingKey key(JWK key) throws JOSEException {
        if (key.getKeyUse() != null && !KeyUse.SIGNATURE.equals(key.getKeyUse())) {
            return null;
        }
        return switch (key) {
            case RSAKey rsa
            when rsa.size() >= RSA_MIN_BITS && isFor(rsa, "RS256") ->
                new VerifyingKey(rsa.getKeyID(), TokenAlgorithm.RS256, new RSASSAVerifier(rsa.toRSAPublicKey()));
            case ECKey ec
            when Curve.P_256.equals(ec.getCurve()) && isFor(ec, "ES256") ->
                new VerifyingKey(ec.getKeyID(), TokenAlgorithm.ES256, new ECDSAVerifier(ec.toECPublicKey()));
            case OctetKeyPair pair
            when Curve.Ed25519.equals(pair.getCurve()) && isFor(pair, "EdDSA") -> {
                Ed25519Verifier verifier = Ed25519Verifier.find(pair.getX().decode());
                yield verifier == null ? null : new VerifyingKey(pair.getKeyID(), TokenAlgorithm.EDDSA, verifier);
            }
            default -> null;
        };
    }

    private static boolean isFor(JWK key, String algorithm) {
        return key.getAlgorithm() == null || key.getAlgorithm().getName().equals(algorithm);
    }

    List<VerifyingKey> matching(TokenAlgorithm algorithm, @Nullable String kid) {
        return keys.stream()
                .filter(key -> key.algorithm() == algorithm)
                .filter(key -> kid == null || Objects.equals(kid, key.kid()))
                .limit(MAX_TRIES)
                .toList();
    }
}
