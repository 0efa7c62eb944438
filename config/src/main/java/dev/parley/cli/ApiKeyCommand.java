package dev.parley.cli;

import dev.parley.config.schema.BadValueException;
import dev.parley.config.schema.DurationType;
import dev.parley.signaling.api.ApiKey;
import dev.parley.signaling.api.ApiKeyLine;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code parley api-key}: makes a key for the HTTP API. Nothing is kept: the operator puts the line into the file. */
@Command(
        name = "api-key",
        description = "Makes an API key. Prints the key, which nobody can print again, and the line for api.keys-file,"
                + " which holds its hash.")
final class ApiKeyCommand implements Callable<Integer> {
    private static final int SECRET_BYTES = 32;

    @Parameters(paramLabel = "ID", description = "Names the key in logs and metrics: letters, digits, - and _.")
    private String id = "";

    @Option(
            names = "--scope",
            paramLabel = "SCOPE",
            description = "credentials or rooms; may be repeated; default credentials.")
    private List<String> scopes = new ArrayList<>();

    @Option(names = "--ttl", paramLabel = "DURATION", description = "How long credentials work; default 1h.")
    private @Nullable String ttl;

    @Option(
            names = "--max-ttl",
            paramLabel = "DURATION",
            description = "The longest that may be asked for, at most 24h; default that of --ttl.")
    private @Nullable String maxTtl;

    @Option(names = "--per-minute", paramLabel = "N", description = "Credentials a minute; default 60.")
    private @Nullable String perMinute;

    @Option(
            names = "--per-day",
            paramLabel = "N",
            description = "Credentials a day; default as many as the minutes let.")
    private @Nullable String perDay;

    @Option(
            names = "--relay",
            paramLabel = "SCOPE",
            description = "public, or room for credentials that relay only within a room; default public.")
    private @Nullable String relay;

    @Option(
            names = "--origin",
            paramLabel = "ORIGIN",
            description = "A web origin whose pages may use the key; may be repeated; without any, only servers may.")
    private List<String> origins = new ArrayList<>();

    private final Surroundings surroundings;

    ApiKeyCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() {
        byte[] bits = new byte[SECRET_BYTES];
        new SecureRandom().nextBytes(bits);
        String secret = Base64.getUrlEncoder().withoutPadding().encodeToString(bits);
        return switch (ApiKeyLine.read(line(ApiKey.hash(secret)))) {
            case ApiKeyLine.Result.Flawed(String problem) -> {
                surroundings.err().println("parley: the key " + problem);
                yield ExitCode.USAGE;
            }
            case ApiKeyLine.Result.Read(ApiKey key) -> {
                surroundings.out().println("key:  " + key.id() + "." + secret);
                surroundings.out().println("line: " + ApiKeyLine.of(key));
                yield ExitCode.OK;
            }
        };
    }

    private String line(String hash) {
        StringBuilder line = new StringBuilder(id).append(" sha256:").append(hash);
        scopes.forEach(scope -> add(line, "scope", scope));
        add(line, "ttl", seconds(ttl));
        add(line, "max-ttl", seconds(maxTtl));
        add(line, "per-minute", perMinute);
        add(line, "per-day", perDay);
        add(line, "relay", relay);
        origins.forEach(origin -> add(line, "origin", origin));
        return line.toString();
    }

    /** What is no duration stays as it is, and is complained about with the rest. */
    private static @Nullable String seconds(@Nullable String duration) {
        try {
            return duration == null
                    ? null
                    : Long.toString(new DurationType().parse(duration).toSeconds());
        } catch (BadValueException notOne) {
            return duration;
        }
    }

    private static void add(StringBuilder line, String name, @Nullable String value) {
        if (value != null) {
            line.append(' ').append(name).append('=').append(value.replaceAll("\\s", "?"));
        }
    }
}
