package dev.parley.server;

import dev.parley.turn.users.StaticUser;
import dev.parley.turn.users.StaticUsers;
import dev.parley.turn.users.UserLines;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The file of users with long-term passwords: whoever is gone from it, or has another key, is revoked. */
final class UsersFile implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(UsersFile.class);
    private static final String KEY = "turn.users-file";

    private final Path path;
    private final Consumer<String> revocation;
    private final StaticUsers users;
    private final WatchedFile<List<StaticUser>> file;

    private UsersFile(Path path, String realm, Consumer<String> revocation) throws StartException {
        this.path = path;
        this.revocation = revocation;
        this.users = new StaticUsers(realm, List.of());
        this.file = WatchedFile.open(KEY, path, "a password", lines -> read(lines, realm), this::take);
    }

    /** Reads the file, which must be good, and watches it from then on. */
    static UsersFile open(Path file, String realm, Consumer<String> revocation) throws StartException {
        return new UsersFile(file, realm, revocation);
    }

    StaticUsers users() {
        return users;
    }

    /** Takes the file's users if it has changed and settled; for tests, which do not wait for the timer. */
    void look() {
        file.look();
    }

    /** Changes of the file that were taken. */
    long taken() {
        return file.taken();
    }

    /** Changes that were not, because the file was flawed or could not be read. */
    long refused() {
        return file.refused();
    }

    private static WatchedFile.Content<List<StaticUser>> read(List<String> lines, String realm) {
        return switch (UserLines.read(lines, realm)) {
            case UserLines.Result.Read(List<StaticUser> read) -> new WatchedFile.Content.Good<>(read);
            case UserLines.Result.Flawed(List<String> problems) -> new WatchedFile.Content.Flawed<>(problems);
        };
    }

    private void take(List<StaticUser> read) {
        List<String> ended = users.replace(read);
        ended.forEach(revocation);
        LOG.info("{}: {} users, {} gone or with another key", path, read.size(), ended.size());
    }

    @Override
    public void close() {
        file.close();
    }
}
