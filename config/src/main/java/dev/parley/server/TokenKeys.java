package dev.parley.server;

import dev.parley.config.OAuthConfig;
import dev.parley.ice.credential.AccessTokens;
import dev.parley.ice.credential.TokenKey;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads the keys that access tokens are opened with. */
final class TokenKeys {
    private static final String KEY = "turn.oauth.keys-file";
    private static final long MAX_BYTES = 64 * 1024;
    private static final Pattern LINE =
            Pattern.compile("([^:\\s]{1,128}):(a128gcm|a256gcm):([A-Za-z0-9+/=]+)(?::(\\d{1,12}):(\\d{1,12}))?");

    private TokenKeys() {}

    /** What opens tokens, or null if none are taken. */
    static @Nullable AccessTokens of(OAuthConfig oauth) throws StartException {
        String name = oauth.serverName();
        Path file = oauth.keysFile();
        if (name == null || file == null) {
            return null;
        }
        List<TokenKey> keys = new ArrayList<>();
        Set<String> names = new HashSet<>();
        List<String> lines = PrivateFile.lines(KEY, file, "a key", MAX_BYTES);
        for (int index = 0; index < lines.size(); index++) {
            String line = lines.get(index).strip();
            if (line.isEmpty() || line.startsWith("#")) {
                continue;
            }
            TokenKey key = read(line);
            if (key == null || !names.add(key.kid())) {
                throw new StartException(KEY + ": " + file + " line " + (index + 1)
                        + (key == null
                                ? " is not kid:a256gcm:KEY or kid:a128gcm:KEY with a key of 32 or 16 bytes in base64"
                                : " names a key that an earlier line has"));
            }
            keys.add(key);
        }
        if (keys.isEmpty()) {
            throw new StartException(KEY + ": no key in " + file);
        }
        return new AccessTokens(name, keys);
    }

    private static @Nullable TokenKey read(String line) {
        Matcher matcher = LINE.matcher(line);
        if (!matcher.matches()) {
            return null;
        }
        byte[] key;
        try {
            key = Base64.getDecoder().decode(matcher.group(3));
        } catch (IllegalArgumentException e) {
            return null;
        }
        if (key.length != (matcher.group(2).equals("a256gcm") ? 32 : 16)) {
            return null;
        }
        Instant from = matcher.group(4) == null ? Instant.EPOCH : instant(matcher.group(4));
        Instant until = matcher.group(5) == null ? Instant.MAX : instant(matcher.group(5));
        return TokenKey.of(matcher.group(1), key, from, until);
    }

    private static Instant instant(String unixSeconds) {
        return Instant.ofEpochSecond(Long.parseLong(unixSeconds));
    }
}
