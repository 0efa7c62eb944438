package dev.parley.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileWatchTest {
    @TempDir
    Path folder = Path.of("set by JUnit");

    private Path file = Path.of("set below");
    private int changes;
    private FileWatch watch = new FileWatch(List::of, () -> {});

    @BeforeEach
    void watchOneFile() throws IOException {
        file = folder.resolve("one");
        Files.writeString(file, "a");
        watch = new FileWatch(() -> List.of(file), () -> changes++);
    }

    @Test
    void aChangeIsToldOnceItHasStayedForALook() throws IOException {
        look(3);
        assertThat(changes).isZero();
        Files.writeString(file, "ab");
        look(1);
        Files.writeString(file, "abc");
        look(1);
        assertThat(changes).as("while it is written").isZero();
        look(1);
        assertThat(changes).isEqualTo(1);
        look(3);
        assertThat(changes).isEqualTo(1);
    }

    @Test
    void aFileThatIsRemovedOrComesBackHasChanged() throws IOException {
        Files.delete(file);
        look(2);
        assertThat(changes).isEqualTo(1);
        Files.writeString(file, "abcd");
        look(2);
        assertThat(changes).isEqualTo(2);
    }

    @Test
    void whoReadsItByThemselfIsNotTold() throws IOException {
        Files.writeString(file, "ab");
        look(1);
        watch.reading();
        look(3);
        assertThat(changes).isZero();
    }

    @Test
    void theFilesMayBecomeOthers() throws IOException {
        List<Path> files = new ArrayList<>(List.of(file));
        watch = new FileWatch(() -> List.copyOf(files), () -> changes++);
        Path second = folder.resolve("two");
        files.add(second);
        look(2);
        assertThat(changes).isEqualTo(1);
        Files.writeString(second, "b");
        look(2);
        assertThat(changes).isEqualTo(2);
    }

    private void look(int times) {
        for (int i = 0; i < times; i++) {
            watch.look();
        }
    }
}
