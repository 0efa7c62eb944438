package dev.parley.turn.users;

import dev.parley.ice.credential.KeyAlgorithm;
import dev.parley.ice.credential.SecurityFeatures;
import dev.parley.ice.stun.attribute.Userhash;
import dev.parley.turn.core.UserDecision;
import dev.parley.turn.core.Users;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Several sources, asked in order: the first that knows a username decides about it. */
public final class CombinedUsers implements Users {
    private final List<Users> sources;
    private final boolean offerAnonymity;

    /** @param offerAnonymity whether to tell clients to send USERHASH, where all sources can find it */
    public CombinedUsers(List<Users> sources, boolean offerAnonymity) {
        this.sources = List.copyOf(sources);
        this.offerAnonymity = offerAnonymity;
    }

    @Override
    public UserDecision find(String username, KeyAlgorithm algorithm) {
        for (Users source : sources) {
            UserDecision decision = source.find(username, algorithm);
            if (!(decision instanceof UserDecision.Unknown)) {
                return decision;
            }
        }
        return new UserDecision.Unknown();
    }

    @Override
    public @Nullable String findUsername(Userhash hash) {
        for (Users source : sources) {
            String username = source.findUsername(hash);
            if (username != null) {
                return username;
            }
        }
        return null;
    }

    /** What all sources can do. */
    @Override
    public SecurityFeatures features() {
        List<KeyAlgorithm> algorithms = new ArrayList<>(List.of(KeyAlgorithm.SHA256, KeyAlgorithm.MD5));
        boolean anonymity = offerAnonymity;
        for (Users source : sources) {
            SecurityFeatures features = source.features();
            algorithms.retainAll(features.algorithms());
            anonymity = anonymity && features.usernameAnonymity();
        }
        return SecurityFeatures.of(algorithms, anonymity);
    }

    /** A source that does not know the owner says that it is gone, so the best word counts. */
    @Override
    public Standing standing(String username, String name) {
        Standing best = Standing.GONE;
        for (Users source : sources) {
            Standing standing = source.standing(username, name);
            if (standing == Standing.GOOD) {
                return standing;
            }
            best = standing == Standing.EXPIRED ? standing : best;
        }
        return best;
    }
}
