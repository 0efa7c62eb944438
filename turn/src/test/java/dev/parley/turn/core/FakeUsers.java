package dev.parley.turn.core;

import dev.parley.ice.credential.LongTermKey;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Users with passwords, whose standing the test changes at will. */
final class FakeUsers implements Users {
    private final Map<String, String> passwordByUsername = new HashMap<>();
    private final Map<String, Standing> standingByName = new HashMap<>();
    private int lookUps;

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

    int lookUps() {
        return lookUps;
    }

    @Override
    public UserDecision find(String username) {
        lookUps++;
        String password = passwordByUsername.get(username);
        if (password == null) {
            return new UserDecision.Unknown();
        }
        return switch (standing(username, nameOf(username))) {
            case GOOD ->
                new UserDecision.Known(
                        nameOf(username), List.of(LongTermKey.ofPassword(username, TurnFixture.REALM, password)));
            case EXPIRED -> new UserDecision.Expired();
            case GONE -> new UserDecision.Gone();
        };
    }

    @Override
    public Standing standing(String username, String name) {
        return standingByName.getOrDefault(name, Standing.GOOD);
    }
}
