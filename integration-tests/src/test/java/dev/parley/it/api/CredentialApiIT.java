package dev.parley.it.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.it.fixture.Checkout;
import dev.parley.it.fixture.Command;
import dev.parley.it.fixture.Credentials;
import dev.parley.it.fixture.FreePorts;
import dev.parley.it.fixture.ParleyProcess;
import dev.parley.it.fixture.SecretFile;
import dev.parley.it.fixture.TurnClient;
import dev.parley.it.needs.Need;
import dev.parley.it.needs.Needs;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The credential API of the running server, with its own keys, and what revoking does to allocations. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CredentialApiIT {
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final int pagePort = FreePorts.find();
    private final NewKey app =
            NewKey.make("ACapp", "--max-ttl=2h", "--per-minute=600", "--origin=http://127.0.0.1:" + pagePort);
    private final NewKey slow = NewKey.make("slow", "--per-minute=1");
    private final NewKey daily = NewKey.make("daily", "--per-day=1");
    private final NewKey doomed = NewKey.make("doomed");
    private final Path keys = SecretFile.with(lines(app, slow, daily, doomed));
    private final ParleyProcess parley =
            ParleyProcess.plan().set("api.keys-file", keys).start();
    private final HttpClient http = HttpClient.newHttpClient();

    /** What {@code parley api-key} printed. */
    private record NewKey(String key, String line) {
        static NewKey make(String... options) {
            List<String> printed = Command.require(words(options)).lines().toList();
            return new NewKey(
                    printed.getFirst().substring("key:".length()).strip(),
                    printed.getLast().substring("line:".length()).strip());
        }

        private static List<String> words(String... options) {
            List<String> words = new ArrayList<>(List.of(Checkout.launcher().toString(), "api-key"));
            words.addAll(List.of(options));
            return words;
        }
    }

    private static String lines(NewKey... keys) {
        return List.of(keys).stream().map(NewKey::line).collect(Collectors.joining("\n", "# keys\n", "\n"));
    }

    @AfterAll
    void everythingEndsWell() {
        http.close();
        parley.close();
    }

    @Test
    @Needs(Need.CURL)
    void shellLinesOfTheDocumentationRun() {
        String token = Command.require(
                        Checkout.launcher().toString(),
                        "token",
                        "--room=demo",
                        "--user=ann",
                        "--set=state-dir=" + parley.setting("state-dir"))
                .strip();
        DocumentedShell.run("docs/credentials.md", parley, Map.of("KEY", app.key(), "TOKEN", token));
    }

    @Test
    @Needs({Need.BROWSER, Need.NODE})
    @ResourceLock("browsers")
    void appsOfOtherServicesRelayWithoutAChange() {
        var builder = new ProcessBuilder(
                "node", "api/ice-servers.mjs", parley.page().toString(), app.key(), Integer.toString(pagePort));
        builder.directory(Checkout.browserFolder().toFile());
        var outcome = Command.run(PATIENCE, builder);

        System.out.print(outcome.output());
        assertThat(outcome.exitCode()).as(outcome.everything() + parley.log()).isZero();
        assertThat(outcome.output()).startsWith("PASS");
    }

    @Test
    void revokedUserLosesItsAllocationWithinASecondAndGetsNoOther() throws Exception {
        try (var eve = relay(app, "eve");
                var ben = relay(app, "ben")) {
            eve.allocate();
            ben.allocate();
            long startNanos = System.nanoTime();
            assertThat(send("DELETE", "api/v1/ice-servers/eve", app.key()).statusCode())
                    .isEqualTo(204);
            awaitGone(eve);
            System.out.printf("revoked: gone after %d ms%n", (System.nanoTime() - startNanos) / 1_000_000);
            assertThat(Duration.ofNanos(System.nanoTime() - startNanos)).isLessThan(Duration.ofSeconds(5));
            assertThat(eve.tryAllocate().isSuccess()).isFalse();
            assertThat(ben.refresh(Duration.ofMinutes(5)).isSuccess()).isTrue();
            assertThat(send("GET", "api/v1/ice-servers?username=eve", app.key()).body())
                    .contains("\"revoked\"");
        }
    }

    @Test
    void keyTakenOutOfTheFileTakesItsAllocationsAlong() throws Exception {
        try (var ann = relay(doomed, "ann")) {
            ann.allocate();
            Files.writeString(keys, lines(app, slow, daily));
            awaitGone(ann);
            assertThat(send("GET", "api/v1/ice-servers", doomed.key()).statusCode())
                    .isEqualTo(401);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "'', 401, no-key",
        "nobody.secret, 401, wrong-key",
        "slow, 429, too-many",
        "daily, 429, quota",
        "ACapp ttl=7201, 400, ttl-too-long",
        "ACapp format=xml, 400, bad-format"
    })
    void refusalsAreClear(String asked, int status, String word) throws Exception {
        List<String> words = List.of(asked.split(" ", -1));
        String key = List.of(app, slow, daily).stream()
                .map(NewKey::key)
                .filter(known -> known.startsWith(words.getFirst() + "."))
                .findFirst()
                .orElse(words.getFirst());
        String path = "api/v1/ice-servers" + (words.size() > 1 ? "?" + words.getLast() : "");
        HttpResponse<String> answer = send("GET", path, key);
        if (answer.statusCode() == 200) {
            answer = send("GET", path, key);
        }
        assertThat(answer.statusCode()).isEqualTo(status);
        assertThat(answer.body()).contains("\"error\":\"" + word + "\"");
        assertThat(answer.headers().firstValue("cache-control")).contains("no-store");
        assertThat(answer.headers().firstValue("retry-after").isPresent()).isEqualTo(status == 429);
    }

    @Test
    void pageOfAnotherOriginIsRefused() throws Exception {
        var request = HttpRequest.newBuilder(parley.page().resolve("/api/v1/ice-servers"))
                .header("Authorization", "Bearer " + app.key())
                .header("Origin", "http://evil.example")
                .build();
        var answer = http.send(request, HttpResponse.BodyHandlers.ofString());
        assertThat(answer.statusCode()).isEqualTo(403);
        assertThat(answer.headers().firstValue("access-control-allow-origin")).isEmpty();
    }

    private TurnClient relay(NewKey key, String user) throws IOException, InterruptedException {
        HttpResponse<String> answer = send("GET", "api/v1/ice-servers?username=" + user, key.key());
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        JsonNode body = JsonMapper.shared().readTree(answer.body());
        return new TurnClient(
                parley.turnAddress(),
                new Credentials(
                        body.get("username").stringValue(), body.get("password").stringValue()));
    }

    private HttpResponse<String> send(String method, String path, String key) throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(parley.page().resolve("/" + path))
                .method(method, HttpRequest.BodyPublishers.noBody());
        if (!key.isEmpty()) {
            request.header("Authorization", "Bearer " + key);
        }
        return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    /** Its credential counts no more, or there is nothing to refresh. */
    private static void awaitGone(TurnClient relay) throws InterruptedException {
        long endNanos = System.nanoTime() + PATIENCE.toNanos();
        while (relay.refresh(Duration.ofMinutes(5)).isSuccess()) {
            assertThat(System.nanoTime() - endNanos).isNegative();
            Thread.sleep(20);
        }
    }
}
