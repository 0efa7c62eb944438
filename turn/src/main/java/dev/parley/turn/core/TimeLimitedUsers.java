package dev.parley.turn.core;

import dev.parley.ice.credential.KeyAlgorithm;
import dev.parley.ice.credential.LongTermKey;
import dev.parley.ice.credential.MemberNames;
import dev.parley.ice.credential.SecurityFeatures;
import dev.parley.ice.credential.TimeLimitedCredentials;
import dev.parley.ice.credential.VerifiedUsername;
import dev.parley.ice.stun.attribute.Userhash;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Users who hold time-limited credentials. Those of room members count only while the member is in a room, and a
 * member's allocation may go on past its credential's expiry; credentials issued elsewhere with the shared secret are
 * good until they expire or are revoked.
 */
public final class TimeLimitedUsers implements Users {
    private final TimeLimitedCredentials credentials;
    private final String realm;
    private final MemberDirectory members;
    private final RevokedNames revoked;
    private final @Nullable Function<Userhash, @Nullable String> issued;

    public TimeLimitedUsers(TimeLimitedCredentials credentials, String realm, MemberDirectory members) {
        this(credentials, realm, members, RevokedNames.NONE, null);
    }

    /**
     * @param revoked who else has lost the right
     * @param issued finds the usernames that this process issued itself by their hashes; null if they are not kept
     */
    public TimeLimitedUsers(
            TimeLimitedCredentials credentials,
            String realm,
            MemberDirectory members,
            RevokedNames revoked,
            @Nullable Function<Userhash, @Nullable String> issued) {
        this.credentials = credentials;
        this.realm = realm;
        this.members = members;
        this.revoked = revoked;
        this.issued = issued;
    }

    @Override
    public @Nullable String findUsername(Userhash hash) {
        return issued == null ? null : issued.apply(hash);
    }

    @Override
    public SecurityFeatures features() {
        return SecurityFeatures.of(List.of(KeyAlgorithm.SHA256, KeyAlgorithm.MD5), issued != null);
    }

    @Override
    public UserDecision find(String username, KeyAlgorithm algorithm) {
        return switch (credentials.verify(username)) {
            case VerifiedUsername.Valid valid when isGone(valid.name()) -> new UserDecision.Gone();
            case VerifiedUsername.Valid valid ->
                new UserDecision.Known(valid.name(), keys(username, valid.passwords(), algorithm));
            case VerifiedUsername.Expired expired -> new UserDecision.Expired();
            case VerifiedUsername.NotTimeLimited other -> new UserDecision.Unknown();
        };
    }

    @Override
    public Standing standing(String username, String name) {
        if (MemberNames.isMember(name)) {
            return isGone(name) ? Standing.GONE : Standing.GOOD;
        }
        return switch (credentials.verify(username)) {
            case VerifiedUsername.NotTimeLimited other -> Standing.GONE;
            case VerifiedUsername known when isGone(name) -> Standing.GONE;
            case VerifiedUsername.Valid valid -> Standing.GOOD;
            case VerifiedUsername.Expired expired -> Standing.EXPIRED;
        };
    }

    private boolean isGone(String name) {
        return MemberNames.isMember(name) ? !members.isLive(name) : revoked.isRevoked(name);
    }

    private List<LongTermKey> keys(String username, List<String> passwords, KeyAlgorithm algorithm) {
        return passwords.stream()
                .map(password -> LongTermKey.of(algorithm, username, realm, password))
                .toList();
    }
}
