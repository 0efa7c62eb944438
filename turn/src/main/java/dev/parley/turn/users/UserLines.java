package dev.parley.turn.users;

import dev.parley.ice.credential.KeyAlgorithm;
import dev.parley.ice.credential.LongTermKey;
import dev.parley.ice.credential.OpaqueString;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads a list of users, one a line:
 *
 * <pre>
 * # a comment
 * ann:a password in clear
 * ben:md5:8493fbc53ba582fb4c044c456bdc40eb
 * eve:sha256:07e9...,md5:8493...
 * </pre>
 *
 * <p>A key is the digest of {@code name:realm:password} in hexadecimal (RFC 8489 section 9.2.2). It stands for the
 * password, and for this server only.
 */
public final class UserLines {
    /** RFC 8489 section 14.3: fewer than 509 bytes. */
    private static final int MOST_NAME_BYTES = 508;

    private static final String ONE_KEY = "(?:md5:[0-9A-Fa-f]{32}|sha256:[0-9A-Fa-f]{64})";
    private static final Pattern KEYS = Pattern.compile(ONE_KEY + "(?:," + ONE_KEY + ")?");
    private static final Pattern KEY = Pattern.compile("(md5|sha256):([0-9A-Fa-f]+)");

    private final String realm;
    private final List<StaticUser> users = new ArrayList<>();
    private final List<String> problems = new ArrayList<>();
    private final Set<String> names = new HashSet<>();

    private UserLines(String realm) {
        this.realm = realm;
    }

    /** What a list turned out to be. */
    public sealed interface Result {
        /** Every line is good. */
        record Read(List<StaticUser> users) implements Result {
            public Read {
                users = List.copyOf(users);
            }
        }

        /** Some lines are not; each problem names its line and quotes nothing of it. */
        record Flawed(List<String> problems) implements Result {
            public Flawed {
                problems = List.copyOf(problems);
            }
        }
    }

    /** Reads all lines, and tells all problems at once. */
    public static Result read(List<String> lines, String realm) {
        UserLines reader = new UserLines(realm);
        for (int index = 0; index < lines.size(); index++) {
            String line = lines.get(index);
            if (!line.isBlank() && !line.startsWith("#")) {
                String problem = reader.take(line);
                if (problem != null) {
                    reader.problems.add("line " + (index + 1) + " " + problem);
                }
            }
        }
        return reader.problems.isEmpty() ? new Result.Read(reader.users) : new Result.Flawed(reader.problems);
    }

    /** Why the line is no user, in words that complete "line 7 ..."; null if it is one. */
    private @Nullable String take(String line) {
        int colon = line.indexOf(':');
        if (colon < 0) {
            return "has no colon between name and password";
        }
        String name = OpaqueString.prepare(line.substring(0, colon));
        if (name == null || name.isBlank() || name.getBytes(StandardCharsets.UTF_8).length > MOST_NAME_BYTES) {
            return "has a name that is empty, too long, or holds a character that names may not hold";
        }
        if (!names.add(name)) {
            return "names a user whom an earlier line has";
        }
        String secret = line.substring(colon + 1);
        Map<KeyAlgorithm, LongTermKey> keys = KEYS.matcher(secret).matches() ? keysIn(secret) : keysOf(name, secret);
        if (keys == null) {
            return "has a password that is empty or holds a character that passwords may not hold";
        }
        users.add(new StaticUser(name, keys));
        return null;
    }

    private @Nullable Map<KeyAlgorithm, LongTermKey> keysOf(String name, String secret) {
        String password = OpaqueString.prepare(secret);
        if (password == null) {
            return null;
        }
        Map<KeyAlgorithm, LongTermKey> keys = new EnumMap<>(KeyAlgorithm.class);
        for (KeyAlgorithm algorithm : KeyAlgorithm.values()) {
            keys.put(algorithm, LongTermKey.of(algorithm, name, realm, password));
        }
        return keys;
    }

    private static Map<KeyAlgorithm, LongTermKey> keysIn(String secret) {
        Map<KeyAlgorithm, LongTermKey> keys = new EnumMap<>(KeyAlgorithm.class);
        Matcher matcher = KEY.matcher(secret);
        while (matcher.find()) {
            KeyAlgorithm algorithm = matcher.group(1).equals("md5") ? KeyAlgorithm.MD5 : KeyAlgorithm.SHA256;
            keys.put(algorithm, LongTermKey.ofBytes(HexFormat.of().parseHex(matcher.group(2))));
        }
        return keys;
    }
}
