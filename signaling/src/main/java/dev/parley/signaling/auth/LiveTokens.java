package dev.parley.signaling.auth;

import dev.parley.ice.credential.Secret;
import dev.parley.signaling.core.Identity;
import dev.parley.signaling.core.Revocations;
import java.util.List;

/**
 * What of the judgement about tokens changes while the server runs: the shared secrets, and what is revoked. Any
 * thread.
 */
public final class LiveTokens {
    private final SharedSecrets secrets;
    private volatile Revocations revocations;

    /** @param secrets that sign tokens; none: tokens are not signed with secrets, also not later */
    public LiveTokens(List<Secret> secrets, Revocations revocations) {
        this.secrets = new SharedSecrets(secrets);
        this.revocations = revocations;
    }

    /** All of them verify from now on, and no others. */
    public void changeSecrets(List<Secret> changed) {
        secrets.change(changed);
    }

    /** Whoever comes from now on is judged by these. */
    public void changeRevocations(Revocations changed) {
        revocations = changed;
    }

    /** Whether tokens are signed with secrets. */
    public boolean hasSecrets() {
        return !secrets.isEmpty();
    }

    KeyRing secrets() {
        return secrets;
    }

    boolean isRevoked(Identity identity) {
        return revocations.cover(identity);
    }
}
