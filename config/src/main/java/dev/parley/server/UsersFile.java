package dev.parley.server;

import dev.parley.turn.users.StaticUser;
import dev.parley.turn.users.StaticUsers;
import dev.parley.turn.users.UserLines;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The file of users with long-term passwords. It is read again when it has changed; a file that has become unreadable
 * or flawed changes nothing and is complained about once.
 */
final class UsersFile implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(UsersFile.class);
    private static final String KEY = "turn.users-file";
    private static final long MAX_BYTES = 16 * 1024 * 1024;
    private static final int MOST_PROBLEMS_TOLD = 5;

    private final Path file;
    private final String realm;
    private final Consumer<String> revocation;
    private final StaticUsers users;
    private final FileWatch watch;
    private final LongAdder taken = new LongAdder();
    private final LongAdder refused = new LongAdder();

    private UsersFile(Path file, String realm, Consumer<String> revocation) throws StartException {
        this.file = file;
        this.realm = realm;
        this.revocation = revocation;
        this.watch = new FileWatch(() -> List.of(file), this::changed);
        this.users = new StaticUsers(realm, read());
    }

    /** Reads the file, which must be good, and watches it from then on. */
    static UsersFile open(Path file, String realm, Consumer<String> revocation) throws StartException {
        UsersFile opened = new UsersFile(file, realm, revocation);
        opened.watch.start("users-file");
        return opened;
    }

    StaticUsers users() {
        return users;
    }

    /** Takes the file's users if it has changed and settled; for tests, which do not wait for the timer. */
    void look() {
        watch.look();
    }

    /** Changes of the file that were taken. */
    long taken() {
        return taken.sum();
    }

    /** Changes that were not, because the file was flawed or could not be read. */
    long refused() {
        return refused.sum();
    }

    private void changed() {
        try {
            List<StaticUser> read = read();
            List<String> ended = users.replace(read);
            ended.forEach(revocation);
            taken.increment();
            LOG.info("{} has changed: {} users, {} gone or with another key", file, read.size(), ended.size());
        } catch (StartException | RuntimeException e) {
            refused.increment();
            LOG.warn("{}; the users of before stay", e.getMessage());
        }
    }

    @Override
    public void close() {
        watch.close();
    }

    private List<StaticUser> read() throws StartException {
        return switch (UserLines.read(PrivateFile.lines(KEY, file, "a password", MAX_BYTES), realm)) {
            case UserLines.Result.Read(List<StaticUser> read) -> read;
            case UserLines.Result.Flawed(List<String> problems) ->
                throw new StartException(KEY + ": " + file + " "
                        + String.join("; ", problems.subList(0, Math.min(problems.size(), MOST_PROBLEMS_TOLD)))
                        + (problems.size() > MOST_PROBLEMS_TOLD ? "; and more" : ""));
        };
    }
}
