package dev.parley.server;

import dev.parley.turn.users.StaticUser;
import dev.parley.turn.users.StaticUsers;
import dev.parley.turn.users.UserLines;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The file of users with long-term passwords. It is looked at every second and read again when it has changed; a file
 * that has become unreadable or flawed changes nothing and is complained about once.
 */
final class UsersFile implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(UsersFile.class);
    private static final String KEY = "turn.users-file";
    private static final long MAX_BYTES = 16 * 1024 * 1024;
    private static final int LOOK_SECONDS = 1;
    private static final int MOST_PROBLEMS_TOLD = 5;

    private final Path file;
    private final String realm;
    private final Consumer<String> revocation;
    private final StaticUsers users;
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("users-file").factory());
    private Stamp seen;

    /** What tells one version of the file from another without reading it. */
    private record Stamp(FileTime changed, long bytes) {
        static final Stamp ABSENT = new Stamp(FileTime.fromMillis(0), -1);
    }

    private UsersFile(Path file, String realm, Consumer<String> revocation) throws StartException {
        this.file = file;
        this.realm = realm;
        this.revocation = revocation;
        this.seen = stamp();
        this.users = new StaticUsers(realm, read());
    }

    /** Reads the file, which must be good, and watches it from then on. */
    static UsersFile open(Path file, String realm, Consumer<String> revocation) throws StartException {
        UsersFile opened = new UsersFile(file, realm, revocation);
        opened.timer.scheduleWithFixedDelay(opened::look, LOOK_SECONDS, LOOK_SECONDS, TimeUnit.SECONDS);
        return opened;
    }

    StaticUsers users() {
        return users;
    }

    /** Takes the file's users if it has changed since the last look; called by the timer, and by tests. */
    void look() {
        Stamp now = stamp();
        if (now.equals(seen)) {
            return;
        }
        seen = now;
        try {
            List<StaticUser> read = read();
            List<String> ended = users.replace(read);
            ended.forEach(revocation);
            LOG.info("{} has changed: {} users, {} gone or with another key", file, read.size(), ended.size());
        } catch (StartException | RuntimeException e) {
            LOG.warn("{}; the users of before stay", e.getMessage());
        }
    }

    @Override
    public void close() {
        timer.shutdownNow();
    }

    private Stamp stamp() {
        try {
            return new Stamp(Files.getLastModifiedTime(file), Files.size(file));
        } catch (IOException e) {
            return Stamp.ABSENT;
        }
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
