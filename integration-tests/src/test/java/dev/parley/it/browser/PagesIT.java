package dev.parley.it.browser;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.it.fixture.Checkout;
import dev.parley.it.fixture.Command;
import dev.parley.it.fixture.ParleyProcess;
import dev.parley.it.needs.Need;
import dev.parley.it.needs.Needs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every page script passes in Chromium against the running server. */
@ResourceLock("browsers")
@Needs(Need.BROWSER)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PagesIT {
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final ParleyProcess parley = ParleyProcess.plan().start();

    /** Whoever loses the connection to this hub comes back as somebody new. */
    private final ParleyProcess forgetful =
            ParleyProcess.plan().set("sessions.resume-seconds", "0").start();

    @AfterAll
    void everythingEndsWell() {
        parley.close();
        forgetful.close();
    }

    static List<Path> scripts() throws IOException {
        try (Stream<Path> files = Files.list(Checkout.browserFolder().resolve("pages"))) {
            List<Path> scripts = files.filter(file -> file.toString().endsWith(".mjs"))
                    .sorted()
                    .toList();
            assertThat(scripts).isNotEmpty();
            return scripts;
        }
    }

    @ParameterizedTest
    @MethodSource("scripts")
    void thePageScriptPasses(Path script) {
        var server = script.getFileName().toString().startsWith("rejoin") ? forgetful : parley;
        var builder =
                new ProcessBuilder("node", script.toString(), server.page().toString());
        builder.directory(Checkout.browserFolder().toFile());
        var outcome = Command.run(PATIENCE, builder);

        System.out.print(outcome.output());
        assertThat(outcome.exitCode()).as(outcome.everything() + server.log()).isZero();
        assertThat(outcome.output()).startsWith("PASS");
    }
}
