package dev.parley.turn.core;

import dev.parley.ice.credential.KeyAlgorithm;
import dev.parley.ice.credential.LongTermKey;
import dev.parley.ice.credential.SecurityFeatures;
import dev.parley.ice.stun.attribute.Userhash;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Users with passwords, whose standing the test changes at will. */
final class FakeUsers implements Users {
    private final Map<String, String> passwordByUsername = new HashMap<>();
    private final Map<String, Standing> standingByName = new HashMap<>();
    private final Map<String, LongTermKey> keys = new HashMap<>();
    private int lookUps;
    private boolean findsByHash;

    void add(String username, String password) {
        passwordByUsername.put(username, password);
    }

    /** The name behind "expiry:name", or the whole username. */
    static String nameOf(String username) {
        return username.substring(username.indexOf(':') + 1);
    }

    void stand(String name, Standing standing) {
        standingByName.put(name, standing);
    }

    void findByHash(boolean find) {
        findsByHash = find;
    }

    @Override
    public SecurityFeatures features() {
        return SecurityFeatures.of(List.of(KeyAlgorithm.SHA256, KeyAlgorithm.MD5), findsByHash);
    }

    @Override
    public @Nullable String findUsername(Userhash hash) {
        return findsByHash
                ? passwordByUsername.keySet().stream()
                        .filter(username ->
                                Userhash.of(username, TurnFixture.REALM).equals(hash))
                        .findAny()
                        .orElse(null)
                : null;
    }

    int lookUps() {
        return lookUps;
    }

    @Override
    public UserDecision find(String username, KeyAlgorithm algorithm) {
        lookUps++;
        String password = passwordByUsername.get(username);
        if (password == null) {
            return new UserDecision.Unknown();
        }
        return switch (standing(username, nameOf(username))) {
            case GOOD ->
                new UserDecision.Known(
                        nameOf(username),
                        List.of(keys.computeIfAbsent(
                                algorithm + username + "/" + password,
                                _ -> LongTermKey.of(algorithm, username, TurnFixture.REALM, password))));
            case EXPIRED -> new UserDecision.Expired();
            case GONE -> new UserDecision.Gone();
        };
    }

    @Override
    public Standing standing(String username, String name) {
        return standingByName.getOrDefault(name, Standing.GOOD);
    }
}
