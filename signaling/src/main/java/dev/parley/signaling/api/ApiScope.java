package dev.parley.signaling.api;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What a key may be used for. */
public enum ApiScope {
    /** TURN credentials, and revoking those that it got. */
    CREDENTIALS,
    /** Making, seeing and ending rooms. */
    ROOMS;

    /** By its word in the file of keys; null if there is none such. */
    static @Nullable ApiScope find(String word) {
        for (ApiScope scope : values()) {
            if (scope.word().equals(word)) {
                return scope;
            }
        }
        return null;
    }

    /** The word in the file of keys. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
