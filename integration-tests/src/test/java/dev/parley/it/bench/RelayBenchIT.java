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
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The relay carries one flow, a hundred and a thousand without losing, doubling or damaging a packet. */
@Isolated("it needs all of the machine")
@Needs(Need.C_COMPILER)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RelayBenchIT {
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    // Leak detection would slow the relay down tenfold; the other tests have it.
    private final ParleyProcess parley =
            ParleyProcess.loopbackPlan().javaOptions("-Xmx512m").start();
    private final Path bench = Checkout.root().resolve("integration-tests/target/bench/relaybench");

    @BeforeAll
    void compile() throws IOException {
        Files.createDirectories(bench.getParent());
        List<String> words = new ArrayList<>(List.of("cc", "-std=gnu17", "-O2", "-Wall", "-Wextra", "-Werror"));
        words.addAll(List.of("-o", bench.toString()));
        try (var sources = Files.newDirectoryStream(Checkout.root().resolve("integration-tests/src/bench"), "*.c")) {
            sources.forEach(source -> words.add(source.toString()));
        }
        words.add("-lcrypto");
        Command.require(words);
    }

    @AfterAll
    void everythingEndsWell() {
        parley.close();
    }

    @ParameterizedTest
    @CsvSource({"1, up", "1, down", "100, up", "100, down", "1000, up", "1000, down"})
    void everyPacketArrivesOnceAndWhole(int flows, String direction) {
        var outcome = Command.run(
                PATIENCE,
                List.of(
                        bench.toString(),
                        "--server",
                        "127.0.0.1:" + parley.turnPort(),
                        "--secret",
                        ParleyProcess.SECRET,
                        "--pid",
                        Long.toString(parley.pid()),
                        "--client",
                        "127.0.1.1",
                        "--spread",
                        "200",
                        "--flows",
                        Integer.toString(flows),
                        "--direction",
                        direction,
                        "--seconds",
                        "1",
                        "--warmup",
                        "0.3"));

        System.out.print(outcome.output());
        assertThat(outcome.exitCode()).as(outcome.everything()).isZero();
        assertThat(outcome.output()).contains("\"lost\":0,\"duplicated\":0,\"corrupted\":0");
    }
}
