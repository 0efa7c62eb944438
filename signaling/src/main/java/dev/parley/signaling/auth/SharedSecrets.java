package dev.parley.signaling.auth;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.crypto.MACVerifier;
import dev.parley.ice.credential.Secret;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Secrets shared with whoever makes tokens; all verify, so that one can take the place of another. */
final class SharedSecrets implements KeyRing {
    private volatile List<VerifyingKey> keys;

    SharedSecrets(List<Secret> secrets) {
        this.keys = keysOf(secrets);
    }

    /** Others verify from now on. */
    void change(List<Secret> secrets) {
        keys = keysOf(secrets);
    }

    boolean isEmpty() {
        return keys.isEmpty();
    }

    private static List<VerifyingKey> keysOf(List<Secret> secrets) {
        return secrets.stream().map(SharedSecrets::key).toList();
    }

    private static VerifyingKey key(Secret secret) {
        try {
            byte[] bytes = secret.reveal().getBytes(StandardCharsets.UTF_8);
            return new VerifyingKey(null, TokenAlgorithm.HS256, new MACVerifier(bytes));
        } catch (JOSEException impossible) {
            throw new IllegalStateException("every Secret has 256 bits", impossible);
        }
    }

    @Override
    public Result find(TokenAlgorithm algorithm, @Nullable String kid) {
        List<VerifyingKey> present = keys;
        return algorithm == TokenAlgorithm.HS256 && !present.isEmpty()
                ? new Result.Found(present)
                : new Result.Missing(DenyReason.UNKNOWN_KEY);
    }
}
