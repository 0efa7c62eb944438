package dev.parley.server;

import dev.parley.config.ServerConfig;
import dev.parley.ice.credential.Secret;
import dev.parley.ice.credential.TimeLimitedCredentials;
import dev.parley.signaling.auth.LiveTokens;
import dev.parley.signaling.core.Revocations;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a reload changes besides the parts that take it themselves: secrets, tokens, the certificate, the log. */
final class ReloadParts {
    private ReloadParts() {}

    /** Files with secrets are read again too. */
    static Reload.Part credentials(ServerSources sources, TimeLimitedCredentials credentials) {
        return next -> {
            List<Secret> secrets = sources.secretsOf(next);
            return () -> credentials.changeSecrets(secrets);
        };
    }

    /** Secrets and revoked tokens; whether there are secrets at all is settled at the start. */
    static Reload.Part tokens(ServerSources sources, LiveTokens tokens, SignalingHub hub) {
        return next -> {
            List<Secret> secrets = sources.tokenSecretsOf(next);
            Revocations revocations = RevokedTokens.of(next.auth());
            if (secrets.isEmpty() == tokens.hasSecrets()) {
                throw new StartException(
                        "auth.secret: only a restart begins or ends taking tokens signed with secrets");
            }
            return () -> {
                tokens.changeSecrets(secrets);
                tokens.changeRevocations(revocations);
                hub.revoke(revocations);
            };
        };
    }

    /** The certificate's files are watched anyway; who asks for a reload does not want to wait for that. */
    static Reload.Part certificate(@Nullable HostCertificate certificate) {
        return next -> () -> {
            if (certificate != null) {
                certificate.certificates().reload();
            }
        };
    }

    static Runnable logLevel(ServerConfig next) {
        return () -> LogSetup.changeLevel(next.log());
    }
}
