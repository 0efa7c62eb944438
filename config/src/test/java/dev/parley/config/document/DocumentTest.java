package dev.parley.config.document;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.config.Defaults;
import dev.parley.config.ServerConfig;
import dev.parley.config.reader.ConfigReader;
import dev.parley.config.reader.ConfigResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The pages in docs/ are what the records say. To write them anew: {@code mvn -pl config -am test
 * -Dparley.docs.write=true}.
 */
class DocumentTest {
    private static final String HOW = "run: mvn -pl config -am test -Dparley.docs.write=true";
    private static final Path DOCS = Path.of("..", "docs");

    @TempDir
    Path directory = Path.of("");

    @Test
    void theReferencePageIsUpToDate() throws IOException {
        assertUpToDate(DOCS.resolve("configuration.md"), ConfigReference.page());
    }

    @Test
    void theExampleIsUpToDate() throws IOException {
        assertUpToDate(DOCS.resolve("config.example.yaml"), ConfigExample.ofDefaults(Defaults.CONFIG));
    }

    @Test
    void theExampleReadsBackAsTheDefaults() throws IOException {
        assertThat(read(ConfigExample.ofDefaults(Defaults.CONFIG))).isEqualTo(Defaults.CONFIG);
    }

    @Test
    void whatIsShownReadsBackAsWhatWasShown() throws IOException {
        String yaml = """
            turn:
              relay-ports: 50000-50099
              public-host: turn.example.org
              peers: {allow: ["fd00::/8", 10.0.0.0/8]}
            http: {allowed-origins: ["https://a.example:8443"]}
            drain-deadline: 250ms
            state-dir: "/srv/a b: c"
            """;
        ServerConfig config = read(yaml);

        assertThat(read(ConfigExample.ofValues(config))).isEqualTo(config);
    }

    @Test
    void aSecretIsShownAsStars() throws IOException {
        String secret = "0123456789abcdefghijklmnopqrstuvwxyz";

        assertThat(ConfigExample.ofValues(read("turn: {secret: " + secret + "}")))
                .contains("secret: [\"********\"]")
                .doesNotContain(secret);
    }

    private ServerConfig read(String yaml) throws IOException {
        Path file = Files.writeString(directory.resolve("read.yaml"), yaml);
        return switch (ConfigReader.read(file, Map.of(), List.of())) {
            case ConfigResult.Loaded loaded -> loaded.config();
            case ConfigResult.Refused refused -> throw new AssertionError(refused.problems());
        };
    }

    private static void assertUpToDate(Path file, String generated) throws IOException {
        if (Boolean.getBoolean("parley.docs.write")) {
            Files.writeString(file, generated);
        }
        assertThat(file).as(HOW).exists();
        assertThat(Files.readString(file)).as(HOW).isEqualTo(generated);
    }
}
