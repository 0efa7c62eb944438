package dev.parley.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.config.Defaults;
import dev.parley.config.document.ConfigExample;
import dev.parley.config.document.ConfigReference;
import dev.parley.ice.address.IpAddress;
import dev.parley.server.AddressReach;
import dev.parley.server.HostAddresses;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class ParleyCommandTest {
    private static final String SECRET = "kJ8s0dPq2LzX7vT5wYb3nM6cR1fH4gAe";

    @TempDir
    Path directory = Path.of("");

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @Test
    void withoutACommandTheUsageIsAnErrorAndWithHelpItIsNot() {
        assertThat(run()).isEqualTo(2);
        assertThat(err()).contains("Usage: parley", "serve", "credentials", "config", "version");
        assertThat(out()).isEmpty();

        assertThat(run("--help")).isZero();
        assertThat(out()).contains("Usage: parley");
    }

    @ParameterizedTest
    @ValueSource(strings = {"serve", "credentials", "token", "api-key", "config", "version"})
    void everyCommandExplainsItself(String command) {
        assertThat(run(command, "--help")).isZero();
        assertThat(out()).contains("Usage: parley " + command);
    }

    @Test
    void anUnknownCommandIsAnErrorWithAHint() {
        assertThat(run("server")).isEqualTo(2);
        assertThat(err()).contains("parley: Unmatched argument").contains("Did you mean: parley serve");
    }

    @Test
    void anUnknownOptionIsAnError() {
        assertThat(run("serve", "--prot", "1")).isEqualTo(2);
        assertThat(err()).contains("--prot");
    }

    @Test
    void theVersionIsTheBuilds() {
        assertThat(run("version")).isZero();
        assertThat(out()).matches("parley [0-9]+\\.[0-9]+\\.[0-9]+\\S*\\R");
    }

    @Test
    void checkReportsEveryProblemAndEndsWithTwo() throws IOException {
        Path file = Files.writeString(directory.resolve("bad.yaml"), "http:\n  port: 0\nturm:\n");

        assertThat(run("config", "check", "--config", file.toString())).isEqualTo(2);
        assertThat(err())
                .contains("line 2: http.port must be between 1 and 65535, not '0'")
                .contains("line 3: unknown key turm, did you mean turn?");
    }

    @Test
    void checkIsQuietAboutAGoodConfiguration() {
        assertThat(run("config", "check")).isZero();
        assertThat(err()).isEmpty();
    }

    @Test
    void showPrintsTheValuesInEffectWithSecretsAsStars() {
        assertThat(run("config", "show", "--set", "turn.port=5000", "--set", "turn.secret=" + SECRET))
                .isZero();
        assertThat(out()).contains("port: 5000").contains("********").doesNotContain(SECRET);
    }

    @Test
    void theExampleIsThatOfTheDocumentation() {
        assertThat(run("config", "example")).isZero();
        assertThat(out()).isEqualTo(ConfigExample.ofDefaults(Defaults.CONFIG));
    }

    @Test
    void theReferenceIsThePageOfTheDocumentation() {
        assertThat(run("config", "reference")).isZero();
        assertThat(out()).isEqualTo(ConfigReference.page());
    }

    @Test
    void aCredentialIsOneJsonObjectSignedWithTheSecret() throws Exception {
        assertThat(run(
                        "credentials",
                        "--ttl",
                        "10m",
                        "--user",
                        "ann",
                        "--set",
                        "turn.secret=" + SECRET,
                        "--set",
                        "turn.port=5000"))
                .isZero();

        JsonNode json = JsonMapper.shared().readTree(out());
        String username = json.get("username").asString();
        assertThat(username).matches("[0-9]{10}:ann");
        assertThat(json.get("password").asString()).isEqualTo(hmac(username));
        assertThat(json.get("ttl").asInt()).isEqualTo(600);
        assertThat(json.get("uris").toString())
                .isEqualTo("[\"stun:9.9.9.9:5000\",\"turn:9.9.9.9:5000?transport=udp\","
                        + "\"turn:9.9.9.9:5000?transport=tcp\"]");
        assertThat(json.get("iceServers").get(1).get("credential").asString()).isEqualTo(hmac(username));
        assertThat(out().lines()).hasSize(1);
    }

    @Test
    void theGeneratedSecretIsTheSameEveryTimeAndNeverPrinted() throws IOException {
        Path state = directory.resolve("state");
        assertThat(run("credentials", "--set", "state-dir=" + state)).isZero();
        String secret = Files.readString(state.resolve("turn-secret")).strip();
        assertThat(run("credentials", "--set", "state-dir=" + state)).isZero();

        assertThat(Files.readString(state.resolve("turn-secret")).strip()).isEqualTo(secret);
        assertThat(out() + err()).doesNotContain(secret);
    }

    @ParameterizedTest
    @ValueSource(strings = {"--ttl=25h", "--ttl=0s", "--ttl=x", "--user=member:x", "--user="})
    void aCredentialThatCannotBeIsAUsageError(String option) {
        assertThat(run("credentials", option, "--set", "turn.secret=" + SECRET)).isEqualTo(2);
        assertThat(err()).contains(option.substring(0, 5));
        assertThat(out()).isEmpty();
    }

    @Test
    void anOperatorsErrorIsOneLineWithoutAStackTrace() throws IOException {
        Path file = Files.writeString(directory.resolve("not-a-directory"), "x");

        assertThat(run("credentials", "--set", "state-dir=" + file)).isEqualTo(1);
        assertThat(err().lines()).singleElement().asString().startsWith("parley: state-dir: ");
    }

    @Test
    void tokenIsSignedWithTheSecretOfTheStateDirectoryOrTheOneConfigured() throws IOException {
        Path state = directory.resolve("state");

        assertThat(run("token", "--room", "garden", "--role", "host", "--user", "ann", "--set", "state-dir=" + state))
                .isZero();
        String[] parts = out().strip().split("\\.");
        assertThat(parts).hasSize(3);
        JsonNode claims = new JsonMapper().readTree(Base64.getUrlDecoder().decode(parts[1]));
        assertThat(claims.get("sub").asString()).isEqualTo("ann");
        assertThat(claims.get("role").asString()).isEqualTo("host");
        assertThat(claims.get("rooms").get(0).asString()).isEqualTo("garden");
        assertThat(claims.get("exp").asLong() - claims.get("iat").asLong()).isEqualTo(3600);
        assertThat(state.resolve("token-secret")).exists();
        assertThat(out() + err())
                .doesNotContain(Files.readString(state.resolve("token-secret")).strip());
    }

    @ParameterizedTest
    @ValueSource(strings = {"--role=king", "--ttl=0s", "--ttl=forever", "--user=", "--room="})
    void badTokenRequestIsRefused(String option) {
        assertThat(run("token", "--room=r", option, "--set", "auth.secret=" + SECRET))
                .isEqualTo(2);
        assertThat(out()).isEmpty();
    }

    @Test
    void noTokenIsMadeForAServerWhoseTokensComeFromElsewhere() {
        assertThat(run("token", "--room=r", "--set", "auth.jwks-url=https://id.example/keys"))
                .isEqualTo(1);
        assertThat(err()).contains("made elsewhere");
    }

    private int run(String... args) {
        HostAddresses host = new HostAddresses(
                List.of(new HostAddresses.Local(IpAddress.parse("9.9.9.9"), "eth0", AddressReach.GLOBAL)),
                Set.of(),
                null,
                null);
        Surroundings surroundings =
                new Surroundings(Map.of(), print(out), print(err), "somebody", directory, () -> host);
        return ParleyCommand.run(surroundings, args);
    }

    private static String hmac(String username) throws Exception {
        Mac mac = Mac.getInstance("HmacSHA1");
        mac.init(new SecretKeySpec(SECRET.getBytes(StandardCharsets.UTF_8), "HmacSHA1"));
        return java.util.Base64.getEncoder().encodeToString(mac.doFinal(username.getBytes(StandardCharsets.UTF_8)));
    }

    private static PrintStream print(ByteArrayOutputStream bytes) {
        return new PrintStream(bytes, true, StandardCharsets.UTF_8);
    }

    private String out() {
        return out.toString(StandardCharsets.UTF_8);
    }

    private String err() {
        return err.toString(StandardCharsets.UTF_8);
    }
}
