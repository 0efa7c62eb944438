package dev.parley.server;

import dev.parley.config.ServerConfig;
import dev.parley.config.TurnConfig;
import dev.parley.ice.credential.Secret;
import dev.parley.ice.credential.TimeLimitedCredentials;
import dev.parley.turn.core.MemberDirectory;
import dev.parley.turn.core.RevokedNames;
import dev.parley.turn.core.TimeLimitedUsers;
import dev.parley.turn.core.Users;
import dev.parley.turn.users.CombinedUsers;
import dev.parley.turn.users.IssuedUsernames;
import dev.parley.turn.users.UsersProvider;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.ServiceLoader;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Who may use the relay, put together from the configuration: users of a file, of plug-ins, and time-limited ones. */
final class RelayUsers implements AutoCloseable {
    /** Usernames issued here that can be found by hash; a member has one an hour. */
    private static final int MOST_ISSUED = 100_000;

    private final TimeLimitedCredentials credentials;
    private final Users users;
    private final @Nullable UsersFile file;

    private RelayUsers(TimeLimitedCredentials credentials, Users users, @Nullable UsersFile file) {
        this.credentials = credentials;
        this.users = users;
        this.file = file;
    }

    /**
     * @param revoked whose time-limited credentials count no more
     * @param revocation is told of users who lost their right while the server runs
     */
    static RelayUsers of(
            ServerConfig config,
            List<Secret> secrets,
            MemberDirectory members,
            RevokedNames revoked,
            Consumer<String> revocation)
            throws StartException {
        TurnConfig turn = config.turn();
        InstantSource clock = InstantSource.system();
        @Nullable
        IssuedUsernames issued = turn.usernameAnonymity() ? new IssuedUsernames(turn.realm(), MOST_ISSUED) : null;
        TimeLimitedCredentials credentials = new TimeLimitedCredentials(
                secrets,
                clock,
                TimeLimitedCredentials.MAX_AHEAD,
                turn.credentialHash(),
                issued == null ? minted -> {} : issued::issued);
        List<Users> sources = new ArrayList<>();
        Path path = turn.usersFile();
        UsersFile file = path == null ? null : UsersFile.open(path, turn.realm(), revocation);
        if (file != null) {
            sources.add(file.users());
        }
        String provider = turn.usersProvider();
        if (provider != null) {
            sources.add(open(provider, turn.realm(), revocation));
        }
        sources.add(new TimeLimitedUsers(
                credentials,
                turn.realm(),
                members,
                revoked,
                issued == null ? null : hash -> issued.find(hash, clock.instant())));
        return new RelayUsers(credentials, new CombinedUsers(sources, turn.usernameAnonymity()), file);
    }

    private static Users open(String name, String realm, Consumer<String> revocation) throws StartException {
        List<String> known = new ArrayList<>();
        for (UsersProvider provider : ServiceLoader.load(UsersProvider.class)) {
            if (provider.name().equals(name)) {
                return provider.open(realm, revocation::accept);
            }
            known.add(provider.name());
        }
        throw new StartException("turn.users-provider: no plug-in '" + name + "' on the class path; there "
                + (known.isEmpty() ? "is none" : "are " + String.join(", ", known)));
    }

    /** What mints the credentials of room members. */
    TimeLimitedCredentials credentials() {
        return credentials;
    }

    Users users() {
        return users;
    }

    /** The file of users, or null if there is none. */
    @Nullable
    UsersFile file() {
        return file;
    }

    @Override
    public void close() {
        if (file != null) {
            file.close();
        }
    }
}
