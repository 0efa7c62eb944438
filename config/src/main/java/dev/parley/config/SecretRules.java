package dev.parley.config;

import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Tells a shared secret worth its name from a default or a stub. */
public final class SecretRules {
    /** Characters; 32 random base64 characters carry 192 bits. */
    public static final int MIN_LENGTH = 32;

    private static final int MAX_LENGTH = 1024;
    private static final int MIN_DISTINCT = 8;
    private static final List<String> STUBS = List.of(
            "changeme",
            "change-me",
            "change_me",
            "replaceme",
            "replace-me",
            "replace_me",
            "your-secret",
            "your_secret",
            "yoursecret",
            "password",
            "secretsecret",
            "mysecret",
            "example",
            "default",
            "insecure",
            "placeholder");

    private SecretRules() {}

    /** Why this text must not be used as a secret, or null when it may; the reason never quotes the text. */
    public static @Nullable String weakness(String text) {
        if (text.length() < MIN_LENGTH) {
            return "is too short: " + text.length() + " characters, at least " + MIN_LENGTH
                    + " needed (openssl rand -hex 32)";
        }
        if (text.length() > MAX_LENGTH) {
            return "is too long: " + text.length() + " characters, at most " + MAX_LENGTH;
        }
        if (text.chars().anyMatch(c -> c <= ' ' || c > '~')) {
            return "may hold only visible ASCII characters, without blanks";
        }
        String folded = text.toLowerCase(Locale.ROOT);
        if (text.chars().distinct().count() < MIN_DISTINCT || STUBS.stream().anyMatch(folded::contains)) {
            return "looks like a placeholder, not like a secret (openssl rand -hex 32)";
        }
        return null;
    }
}
