package dev.parley.cli;

import dev.parley.config.ServerConfig;
import dev.parley.config.reader.ConfigResult;
import dev.parley.ice.credential.MemberNames;
import dev.parley.ice.credential.MintedCredential;
import dev.parley.ice.credential.Secret;
import dev.parley.ice.credential.TimeLimitedCredentials;
import dev.parley.server.AddressPlan;
import dev.parley.server.CredentialObject;
import dev.parley.server.IceUris;
import dev.parley.server.StartException;
import dev.parley.server.TurnSecrets;
import dev.parley.signaling.api.ApiName;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code parley credentials}: a TURN credential for use elsewhere, of scope public. */
@Command(
        name = "credentials",
        description = "Prints one JSON object with a TURN credential and the ICE servers it is for.")
final class CredentialsCommand implements Callable<Integer> {
    private static final int MAX_NAME_CHARS = 128;

    @Mixin
    private final ConfigOptions options = new ConfigOptions();

    @Mixin
    private final LifetimeOption lifetime = new LifetimeOption(TimeLimitedCredentials.MAX_AHEAD);

    @Option(
            names = "--user",
            paramLabel = "NAME",
            defaultValue = "guest",
            description = "Whom it is for; quotas count by name.")
    private String user = "guest";

    private final Surroundings surroundings;

    CredentialsCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() throws StartException {
        ConfigResult.Loaded loaded = options.load(surroundings);
        Duration ttl = lifetime.value(surroundings.err());
        if (loaded == null || ttl == null || !isUsableName()) {
            return ExitCode.USAGE;
        }
        ServerConfig config = loaded.config();
        List<Secret> secrets = TurnSecrets.of(config, surroundings.usualState());
        AddressPlan plan = AddressPlan.of(config.turn(), surroundings.host().addresses());
        MintedCredential credential = new TimeLimitedCredentials(
                        secrets,
                        InstantSource.system(),
                        TimeLimitedCredentials.MAX_AHEAD,
                        config.turn().credentialHash())
                .mint(user, ttl);
        IceUris uris = IceUris.of(config, plan.hosts());
        surroundings.out().println(CredentialObject.json(credential, ttl, uris));
        return ExitCode.OK;
    }

    private boolean isUsableName() {
        if (ApiName.isOne(user)) {
            surroundings.err().println("parley: --user: names beginning with " + ApiName.PREFIX + " belong to the API");
            return false;
        }
        if (MemberNames.isMember(user)) {
            surroundings
                    .err()
                    .println("parley: --user: names beginning with " + MemberNames.PREFIX + " belong to room members");
            return false;
        }
        if (user.isBlank() || user.length() > MAX_NAME_CHARS || user.chars().anyMatch(Character::isISOControl)) {
            surroundings
                    .err()
                    .println("parley: --user takes 1 to " + MAX_NAME_CHARS + " characters, no control characters");
            return false;
        }
        return true;
    }
}
