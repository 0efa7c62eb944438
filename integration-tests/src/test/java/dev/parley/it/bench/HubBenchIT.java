package dev.parley.it.bench;

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
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The hub carries the loads it is measured with, in every language; time is printed, and never asserted. */
@Needs(Need.C_COMPILER)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class HubBenchIT {
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    private final ParleyProcess parley = ParleyProcess.loopbackPlan()
            .javaOptions("-Xmx512m")
            .set("limits.messages-per-second", 100_000)
            .set("limits.message-burst", 1_000_000)
            .set("limits.drop-in-messages-per-second", 100_000)
            .set("limits.drop-in-message-burst", 1_000_000)
            .start();
    private final Path bench = Checkout.root().resolve("integration-tests/target/bench/hubbench");

    @BeforeAll
    void compile() throws IOException {
        Path sources = Checkout.root().resolve("integration-tests/src/bench");
        Files.createDirectories(bench.getParent());
        List<String> words = new ArrayList<>(List.of("cc", "-std=gnu17", "-O2", "-Wall", "-Wextra", "-Werror"));
        words.addAll(List.of("-o", bench.toString(), sources.resolve("meter.c").toString()));
        try (var ofHub = Files.newDirectoryStream(sources.resolve("hub"), "*.c")) {
            ofHub.forEach(source -> words.add(source.toString()));
        }
        Command.require(words);
    }

    @AfterAll
    void everythingEndsWell() {
        parley.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"peerjs", "topics", "parley"})
    void pairsAnswerEachOtherInEveryLanguage(String language) {
        String line = run("talk", language, "--clients", "40", "--seconds", "0.5", "--warmup", "0.1");

        assertThat(line).contains("\"connected\":40,").doesNotContain("\"heard\":0,");
    }

    @Test
    void aCrowdIsServedThoughSomeOfItDoNotRead() {
        String line = run("crowd", "topics", "--clients", "40", "--slow", "4", "--seconds", "0.5", "--warmup", "0.1");

        assertThat(line).contains("\"connected\":36,").doesNotContain("\"heard\":0,");
    }

    @Test
    void allComeBackAtOnceAfterAllWereLost() {
        assertThat(run("storm", "parley", "--clients", "400")).contains("\"connected\":400,");
    }

    private String run(String load, String language, String... options) {
        List<String> words = new ArrayList<>(List.of(bench.toString(), load, "--language", language));
        words.addAll(List.of("--server", "127.0.0.1:" + parley.setting("http.port")));
        words.addAll(List.of("--pid", Long.toString(parley.pid()), "--client", "127.0.1.1", "--spread", "100"));
        words.addAll(List.of(options));
        var outcome = Command.run(PATIENCE, words);
        assertThat(outcome.exitCode()).as(outcome.everything()).isZero();
        System.out.print(outcome.output());
        return outcome.output();
    }
}
