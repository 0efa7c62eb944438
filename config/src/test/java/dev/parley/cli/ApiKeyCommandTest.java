package dev.parley.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.signaling.api.ApiKey;
import dev.parley.signaling.api.ApiKeyLine;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ApiKeyCommandTest {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @Test
    void keyIsPrintedOnceAndItsLineHoldsTheHash() {
        assertThat(run("shop", "--ttl", "10m", "--max-ttl=1h", "--origin", "https://a.example", "--scope=credentials"))
                .isZero();
        List<String> lines = out().lines().toList();
        assertThat(lines.get(0)).matches("key:  shop\\.[A-Za-z0-9_-]{43}");
        String secret = lines.get(0).substring("key:  shop.".length());
        assertThat(lines.get(1)).startsWith("line: ").doesNotContain(secret);

        ApiKey key = ((ApiKeyLine.Result.Read) ApiKeyLine.read(lines.get(1).substring("line: ".length()))).key();
        assertThat(key.secretHash()).isEqualTo(ApiKey.hash(secret));
        assertThat(key.ttl()).hasMinutes(10);
        assertThat(key.maxTtl()).hasHours(1);
        assertThat(key.origins()).containsExactly("https://a.example");
    }

    @ParameterizedTest
    @ValueSource(strings = {"sh.op", "shop --ttl=25h", "shop --ttl=x", "shop --scope=all", "shop --origin=https://a/b"})
    void whatTheFileWouldNotTakeIsAnErrorAndMakesNoKey(String args) {
        assertThat(run(args.split(" ", -1))).isEqualTo(2);
        assertThat(err.toString(StandardCharsets.UTF_8)).startsWith("parley: the key ");
        assertThat(out()).isEmpty();
    }

    private String out() {
        return out.toString(StandardCharsets.UTF_8);
    }

    private int run(String... args) {
        List<String> all = new ArrayList<>(List.of("api-key"));
        all.addAll(List.of(args));
        Surroundings surroundings = new Surroundings(Map.of(), print(out), print(err), "somebody", Path.of(""), () -> {
            throw new AssertionError("needs nothing of the host");
        });
        return ParleyCommand.run(surroundings, all.toArray(String[]::new));
    }

    private static PrintStream print(ByteArrayOutputStream bytes) {
        return new PrintStream(bytes, true, StandardCharsets.UTF_8);
    }
}
