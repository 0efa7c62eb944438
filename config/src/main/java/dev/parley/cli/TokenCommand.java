package dev.parley.cli;

import dev.parley.config.ServerConfig;
import dev.parley.config.reader.ConfigResult;
import dev.parley.ice.credential.Secret;
import dev.parley.server.Door;
import dev.parley.server.StartException;
import dev.parley.server.TokenSecrets;
import dev.parley.signaling.auth.TokenMint;
import dev.parley.signaling.core.Grant;
import dev.parley.signaling.core.Role;
import dev.parley.signaling.core.UserId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code parley token}: lets somebody into rooms of this server. */
@Command(name = "token", description = "Prints a token that lets its holder into rooms of this server.")
final class TokenCommand implements Callable<Integer> {
    private static final Duration MAX_TTL = Duration.ofDays(366);

    @Mixin
    private final ConfigOptions options = new ConfigOptions();

    @Option(
            names = "--room",
            paramLabel = "ROOM",
            required = true,
            description = "A room, or with * at its end all rooms that begin so; may be repeated.")
    private List<String> rooms = new ArrayList<>();

    @Option(
            names = "--role",
            paramLabel = "ROLE",
            description = "host, member or listener; without it the room settles that.")
    private @Nullable String role;

    @Option(names = "--user", paramLabel = "NAME", description = "Who it is for; bans count by user.")
    private @Nullable String user;

    @Mixin
    private final LifetimeOption lifetime = new LifetimeOption(MAX_TTL);

    private final Surroundings surroundings;

    TokenCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() throws StartException {
        ConfigResult.Loaded loaded = options.load(surroundings);
        Duration ttl = lifetime.value(surroundings.err());
        if (loaded == null || ttl == null || !isUsable()) {
            return ExitCode.USAGE;
        }
        ServerConfig config = loaded.config();
        List<Secret> secrets = TokenSecrets.of(config, surroundings.usualState());
        if (secrets.isEmpty()) {
            surroundings.err().println("parley: auth.secret is not set: the tokens of this server are made elsewhere");
            return ExitCode.FAILED;
        }
        Instant now = Instant.now();
        Role given = role == null ? null : Role.find(role);
        surroundings
                .out()
                .println(TokenMint.mint(
                        secrets.getFirst(), user, rooms, given, Door.rules(config.auth()), now, now.plus(ttl)));
        return ExitCode.OK;
    }

    private boolean isUsable() {
        if (rooms.stream().anyMatch(room -> Grant.find(room, null) == null)) {
            return misused("--room takes the name of a room, or the beginning of names and *");
        }
        if (role != null && Role.find(role) == null) {
            return misused("--role takes host, member or listener");
        }
        if (user != null && UserId.find(user) == null) {
            return misused("--user takes 1 to " + UserId.MAX_LENGTH + " visible characters");
        }
        return true;
    }

    private boolean misused(String text) {
        surroundings.err().println("parley: " + text);
        return false;
    }
}
