package dev.parley.signaling.auth;

import com.nimbusds.jose.JWSAlgorithm;
import org.jspecify.annotations.Nullable;

/** The signatures of tokens that are taken (RFC 7518 section 3, RFC 8037); each goes with one kind of key alone. */
enum TokenAlgorithm {
    HS256("HS256"),
    RS256("RS256"),
    ES256("ES256"),
    EDDSA("EdDSA");

    private final String header;

    TokenAlgorithm(String header) {
        this.header = header;
    }

    /** Null if tokens signed so are not taken. */
    static @Nullable TokenAlgorithm find(JWSAlgorithm named) {
        for (TokenAlgorithm algorithm : values()) {
            if (algorithm.header.equals(named.getName())) {
                return algorithm;
            }
        }
        return null;
    }
}
