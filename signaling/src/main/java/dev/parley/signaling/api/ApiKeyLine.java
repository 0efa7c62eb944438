package dev.parley.signaling.api;

import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** One key as a line of text: an id, the hash of its secret, and what it may do as {@code name=value}. */
public final class ApiKeyLine {
    /** What a key gets that says nothing of it. */
    private static final int USUAL_TTL_SECONDS = 3600;

    private static final int USUAL_PER_MINUTE = 60;
    private static final int MINUTES_OF_A_DAY = 1440;
    private static final int MAX_TTL_SECONDS = 86_400;
    private static final int MAX_PER_MINUTE = 1_000_000;
    private static final int MAX_PER_DAY = 1_000_000_000;

    private static final Pattern ID = Pattern.compile("[A-Za-z0-9_-]{1," + ApiKey.MAX_ID_LENGTH + "}");
    private static final Pattern HASH = Pattern.compile("sha256:([0-9a-f]{64})");
    private static final Pattern NUMBER = Pattern.compile("(ttl|max-ttl|per-minute|per-day)=([1-9][0-9]{0,9})");
    private static final Pattern ORIGIN = Pattern.compile("origin=(https?://[A-Za-z0-9.:\\[\\]-]+)");
    private static final Pattern SCOPE = Pattern.compile("scope=([a-z]+)");

    private final Map<String, Long> numbers = new HashMap<>();
    private final Set<ApiScope> scopes = EnumSet.noneOf(ApiScope.class);
    private final List<String> origins = new ArrayList<>();
    private boolean roomBound;

    private ApiKeyLine() {}

    /** What a line turned out to be. */
    public sealed interface Result {
        /** A key. */
        record Read(ApiKey key) implements Result {}

        /** No key; the problem completes "line 7 ..." and quotes nothing of it. */
        record Flawed(String problem) implements Result {}
    }

    /** Reads a line that is neither empty nor a comment. */
    public static Result read(String line) {
        List<String> words = List.of(line.strip().split("\\s+", -1));
        if (!ID.matcher(words.getFirst()).matches()) {
            return new Result.Flawed("does not begin with an id of letters, digits, - and _");
        }
        Matcher hash = HASH.matcher(words.size() > 1 ? words.get(1) : "");
        if (!hash.matches()) {
            return new Result.Flawed("has no sha256: and 64 lower-case hexadecimal digits after its id");
        }
        ApiKeyLine settings = new ApiKeyLine();
        if (!words.stream().skip(2).allMatch(settings::take)) {
            return new Result.Flawed("has a word that is no ttl=, max-ttl=, per-minute=, per-day=, scope=credentials,"
                    + " scope=rooms, relay=room, relay=public or origin=, or one twice");
        }
        return settings.key(words.getFirst(), hash.group(1));
    }

    /** False if this is nothing that can be said of a key. */
    private boolean take(String word) {
        Matcher number = NUMBER.matcher(word);
        Matcher origin = ORIGIN.matcher(word);
        Matcher scope = SCOPE.matcher(word);
        if (number.matches()) {
            return numbers.put(number.group(1), Long.valueOf(number.group(2))) == null;
        }
        if (origin.matches()) {
            return origins.add(origin.group(1).toLowerCase(Locale.ROOT));
        }
        if (scope.matches()) {
            ApiScope found = ApiScope.find(scope.group(1));
            return found != null && scopes.add(found);
        }
        roomBound |= word.equals("relay=room");
        return word.equals("relay=room") || word.equals("relay=public");
    }

    private Result key(String id, String hash) {
        long perMinute = numbers.getOrDefault("per-minute", (long) USUAL_PER_MINUTE);
        long perDay = numbers.getOrDefault("per-day", perMinute * MINUTES_OF_A_DAY);
        @Nullable Long longest = numbers.get("max-ttl");
        long usual = longest == null ? USUAL_TTL_SECONDS : Math.min(longest, USUAL_TTL_SECONDS);
        long ttl = numbers.getOrDefault("ttl", usual);
        long maxTtl = longest == null ? ttl : longest;
        if (ttl > maxTtl) {
            return new Result.Flawed("has a ttl above its max-ttl");
        }
        if (maxTtl > MAX_TTL_SECONDS
                || perMinute > MAX_PER_MINUTE
                || numbers.getOrDefault("per-day", 1L) > MAX_PER_DAY) {
            return new Result.Flawed("has a ttl above " + MAX_TTL_SECONDS + ", a per-minute above " + MAX_PER_MINUTE
                    + " or a per-day above " + MAX_PER_DAY);
        }
        return new Result.Read(new ApiKey(
                id,
                hash,
                scopes.isEmpty() ? EnumSet.of(ApiScope.CREDENTIALS) : scopes,
                Duration.ofSeconds(ttl),
                Duration.ofSeconds(maxTtl),
                Math.toIntExact(perMinute),
                Math.toIntExact(Math.min(perDay, MAX_PER_DAY)),
                roomBound,
                origins));
    }

    /** The line of a key, as {@link #read} takes it. */
    public static String of(ApiKey key) {
        StringBuilder line = new StringBuilder(key.id()).append(" sha256:").append(key.secretHash());
        key.scopes().stream().sorted().forEach(scope -> line.append(" scope=").append(scope.word()));
        if (key.scopes().contains(ApiScope.CREDENTIALS)) {
            line.append(" ttl=").append(key.ttl().toSeconds());
            line.append(" max-ttl=").append(key.maxTtl().toSeconds());
        }
        line.append(" per-minute=").append(key.perMinute());
        line.append(" per-day=").append(key.perDay());
        if (key.roomBound()) {
            line.append(" relay=room");
        }
        key.origins().forEach(origin -> line.append(" origin=").append(origin));
        return line.toString();
    }
}
