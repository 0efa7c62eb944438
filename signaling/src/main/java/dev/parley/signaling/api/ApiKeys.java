package dev.parley.signaling.api;

import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The keys in force; any thread. */
public final class ApiKeys {
    private static final char SEPARATOR = '.';
    private static final ApiKey NOBODY = ApiKey.nobody();

    private volatile Map<String, ApiKey> keyById;

    public ApiKeys(List<ApiKey> keys) {
        keyById = byId(keys);
    }

    private static Map<String, ApiKey> byId(List<ApiKey> keys) {
        return keys.stream().collect(Collectors.toUnmodifiableMap(ApiKey::id, Function.identity()));
    }

    /** From now on these count. */
    public void replace(List<ApiKey> keys) {
        keyById = byId(keys);
    }

    /** Whether there is a key of this id. */
    public boolean has(String id) {
        return keyById.containsKey(id);
    }

    /** The ids of all, in no order. */
    public List<String> ids() {
        return List.copyOf(keyById.keySet());
    }

    /** Whether pages of this origin may use any of the keys. */
    boolean admitOrigin(String origin) {
        return keyById.values().stream().anyMatch(key -> key.origins().contains(origin));
    }

    /** The key of {@code id.secret}, or null. */
    @Nullable
    ApiKey find(String presented) {
        int at = presented.indexOf(SEPARATOR);
        return at < 0 ? find("", presented) : find(presented.substring(0, at), presented.substring(at + 1));
    }

    /** The key with this id, if the secret is its own; null otherwise. */
    @Nullable
    ApiKey find(String id, String secret) {
        if (secret.length() > ApiKey.MAX_SECRET_LENGTH) {
            return null;
        }
        ApiKey key = keyById.getOrDefault(id, NOBODY);
        return key.isSecret(secret) && !key.equals(NOBODY) ? key : null;
    }
}
