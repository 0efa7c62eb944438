package dev.parley.signaling.auth;

import com.nimbusds.jose.JWSVerifier;
import org.jspecify.annotations.Nullable;

/**
 * A key, and the only algorithm it is good for: what a token says about itself cannot change that.
 *
 * @param kid what tokens call it; null for a shared secret, which needs no name
 * @param verifier used by all threads
 */
record VerifyingKey(@Nullable String kid, TokenAlgorithm algorithm, JWSVerifier verifier) {}
