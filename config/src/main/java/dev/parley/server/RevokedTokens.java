package dev.parley.server;

import dev.parley.config.AuthConfig;
import dev.parley.signaling.core.Revocations;
import dev.parley.signaling.core.UserId;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads the list of revoked tokens: one a line, {@code jti=ID}, {@code sub=USER} or {@code
 * sub=USER;before=SECONDS}.
 */
final class RevokedTokens {
    private static final String KEY = "auth.revoked-file";
    private static final long MAX_BYTES = 8L * 1024 * 1024;
    private static final Pattern TOKEN = Pattern.compile("jti=(.{1,512})");
    private static final Pattern USER = Pattern.compile("sub=(.{1,512}?)(?:;before=(\\d{1,12}))?");

    private RevokedTokens() {}

    static Revocations of(AuthConfig auth) throws StartException {
        Path file = auth.revokedFile();
        if (file == null) {
            return Revocations.NONE;
        }
        List<String> tokens = new ArrayList<>();
        Map<UserId, Long> beforeByUser = new LinkedHashMap<>();
        List<String> lines = PrivateFile.lines(KEY, file, "a list of revoked tokens", MAX_BYTES);
        for (int index = 0; index < lines.size(); index++) {
            String line = lines.get(index).strip();
            if (line.isEmpty() || line.startsWith("#")) {
                continue;
            }
            Matcher token = TOKEN.matcher(line);
            Matcher user = USER.matcher(line);
            UserId id = user.matches() ? UserId.find(user.group(1)) : null;
            if (token.matches()) {
                tokens.add(token.group(1));
            } else if (id != null) {
                long before = user.group(2) == null ? Long.MAX_VALUE : Long.parseLong(user.group(2));
                beforeByUser.merge(id, before, Math::max);
            } else {
                throw new StartException(KEY + ": " + file + " line " + (index + 1)
                        + " is not jti=ID, sub=USER or sub=USER;before=SECONDS");
            }
        }
        return new Revocations(tokens, beforeByUser);
    }
}
