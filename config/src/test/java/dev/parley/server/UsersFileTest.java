package dev.parley.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parley.ice.credential.KeyAlgorithm;
import dev.parley.turn.core.UserDecision;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UsersFileTest {
    @TempDir
    Path directory = Path.of("set by JUnit");

    private Path file = Path.of("set below");
    private final List<String> revoked = new ArrayList<>();

    @BeforeEach
    void aFileOfTwoUsers() {
        file = directory.resolve("users");
        write("rw-------", "ann:sesame\nben:poppy\n");
    }

    @Test
    void aChangeIsTakenAndWhoIsGoneIsRevoked() throws StartException {
        try (UsersFile users = open()) {
            assertThat(knows(users, "ann")).isTrue();
            write("rw-------", "ben:other poppy\neve:flax\n");
            look(users);

            assertThat(knows(users, "ann")).isFalse();
            assertThat(knows(users, "eve")).isTrue();
            assertThat(revoked).containsExactlyInAnyOrder("ann", "ben");
            look(users);
            assertThat(revoked).hasSize(2);
        }
    }

    @Test
    void aFileThatBecomesFlawedUnreadableOrOpenToOthersChangesNothing() throws Exception {
        try (UsersFile users = open()) {
            write("rw-------", "no colon here\n");
            look(users);
            write("rw-r--r--", "eve:flax and more\n");
            look(users);
            Files.delete(file);
            look(users);

            assertThat(knows(users, "ann")).isTrue();
            assertThat(revoked).isEmpty();
            assertThat(users.refused()).isEqualTo(3);
            assertThat(users.taken()).isZero();
        }
    }

    /** The second look finds that a change has settled. */
    private static void look(UsersFile users) {
        users.look();
        users.look();
    }

    @Test
    void aFlawedFileKeepsTheServerFromStartingAndNamesItsLines() {
        write("rw-------", "ann:sesame\nsesame\nann:again\n");
        assertThatThrownBy(this::open)
                .isInstanceOf(StartException.class)
                .hasMessageStartingWith("turn.users-file: ")
                .hasMessageContaining("line 2 has no colon")
                .hasMessageContaining("line 3 names a user")
                .hasMessageNotContaining("sesame");
    }

    @Test
    void aFileThatOthersMayReadIsRefused() {
        write("rw-r-----", "ann:sesame\n");
        assertThatThrownBy(this::open).hasMessageContaining("others may read").hasMessageContaining("chmod 600");
        assertThatThrownBy(() -> UsersFile.open(directory.resolve("none"), "realm", revoked::add))
                .hasMessageContaining("no such file");
    }

    private UsersFile open() throws StartException {
        return UsersFile.open(file, "realm", revoked::add);
    }

    private static boolean knows(UsersFile users, String name) {
        return users.users().find(name, KeyAlgorithm.MD5) instanceof UserDecision.Known;
    }

    private void write(String mode, String content) {
        try {
            Files.writeString(file, content);
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(mode));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
