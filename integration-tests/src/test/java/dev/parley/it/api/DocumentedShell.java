package dev.parley.it.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.it.fixture.Checkout;
import dev.parley.it.fixture.Command;
import dev.parley.it.fixture.ParleyProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** Runs the shell lines of a page of the documentation. */
final class DocumentedShell {
    private static final Duration PATIENCE = Duration.ofMinutes(1);
    private static final Pattern SHELL = Pattern.compile("```sh\n(.*?)```", Pattern.DOTALL);

    private DocumentedShell() {}

    /** All blocks in order, each of which has to succeed. */
    static void run(String page, ParleyProcess parley, Map<String, String> variables) {
        List<String> blocks =
                SHELL.matcher(read(page)).results().map(found -> found.group(1)).toList();
        assertThat(blocks).isNotEmpty();
        for (String block : blocks) {
            var builder = new ProcessBuilder("bash", "-eu", "-c", block);
            builder.environment().put("PARLEY", "http://127.0.0.1:" + parley.httpPort());
            builder.environment().putAll(variables);
            builder.environment().put("no_proxy", "*");
            var outcome = Command.run(PATIENCE, builder);
            assertThat(outcome.exitCode())
                    .as(block + outcome.everything() + parley.log())
                    .isZero();
        }
    }

    private static String read(String page) {
        try {
            return Files.readString(Checkout.root().resolve(page));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
