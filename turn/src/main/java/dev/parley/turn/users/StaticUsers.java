package dev.parley.turn.users;

import dev.parley.ice.credential.KeyAlgorithm;
import dev.parley.ice.credential.LongTermKey;
import dev.parley.ice.credential.SecurityFeatures;
import dev.parley.ice.stun.attribute.Userhash;
import dev.parley.turn.core.UserDecision;
import dev.parley.turn.core.Users;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Users with long-term passwords, all replaced at once when their list changes. Any thread may call. */
public final class StaticUsers implements Users {
    private final String realm;
    private volatile Snapshot snapshot;

    /** Made whole before any event loop sees it, and never changed. */
    private record Snapshot(
            Map<String, StaticUser> userByName, Map<Userhash, String> nameByHash, List<KeyAlgorithm> algorithms) {}

    public StaticUsers(String realm, Collection<StaticUser> users) {
        this.realm = realm;
        this.snapshot = snapshotOf(users);
    }

    /**
     * Takes these users from now on.
     *
     * @return who is gone or has other keys: what such users hold has to be closed
     */
    public synchronized List<String> replace(Collection<StaticUser> users) {
        Snapshot before = snapshot;
        Snapshot after = snapshotOf(users);
        snapshot = after;
        List<String> ended = new ArrayList<>();
        before.userByName.forEach((name, user) -> {
            if (!user.equals(after.userByName.get(name))) {
                ended.add(name);
            }
        });
        return ended;
    }

    @Override
    public UserDecision find(String username, KeyAlgorithm algorithm) {
        StaticUser user = snapshot.userByName.get(username);
        if (user == null) {
            return new UserDecision.Unknown();
        }
        LongTermKey key = user.keys().get(algorithm);
        return new UserDecision.Known(user.name(), key == null ? List.of() : List.of(key));
    }

    @Override
    public @Nullable String findUsername(Userhash hash) {
        return snapshot.nameByHash.get(hash);
    }

    /** The algorithms that everybody has a key of: a challenge cannot know who will answer it. */
    @Override
    public SecurityFeatures features() {
        return SecurityFeatures.of(snapshot.algorithms, true);
    }

    @Override
    public Standing standing(String username, String name) {
        return snapshot.userByName.containsKey(username) ? Standing.GOOD : Standing.GONE;
    }

    private Snapshot snapshotOf(Collection<StaticUser> users) {
        Map<String, StaticUser> userByName = new HashMap<>();
        Map<Userhash, String> nameByHash = new HashMap<>();
        List<KeyAlgorithm> algorithms = new ArrayList<>(List.of(KeyAlgorithm.SHA256, KeyAlgorithm.MD5));
        for (StaticUser user : users) {
            userByName.put(user.name(), user);
            nameByHash.put(Userhash.of(user.name(), realm), user.name());
            algorithms.retainAll(user.keys().keySet());
        }
        return new Snapshot(Map.copyOf(userByName), Map.copyOf(nameByHash), List.copyOf(algorithms));
    }
}
