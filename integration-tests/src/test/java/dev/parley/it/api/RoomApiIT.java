package dev.parley.it.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.it.fixture.HubClient;
import dev.parley.it.fixture.ParleyProcess;
import dev.parley.it.fixture.SecretFile;
import dev.parley.it.fixture.TurnClient;
import dev.parley.it.needs.Need;
import dev.parley.it.needs.Needs;
import dev.parley.signaling.api.ApiKey;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Rooms of the running server that another server makes, looks at and ends. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RoomApiIT {
    private static final String KEY = "desk.a-key-for-integration-tests-only";
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final ParleyProcess parley = ParleyProcess.plan()
            .set(
                    "api.keys-file",
                    SecretFile.with("desk sha256:" + ApiKey.hash(KEY.substring("desk.".length())) + " scope=rooms\n"))
            .start();
    private final HttpClient http = HttpClient.newHttpClient();

    @AfterAll
    void everythingEndsWell() {
        http.close();
        parley.close();
    }

    @Test
    @Needs(Need.CURL)
    void shellLinesOfTheDocumentationRun() {
        DocumentedShell.run("docs/rooms.md", parley, Map.of("KEY", KEY));
    }

    @Test
    void roomMadeAheadTakesMembersAndAServerSendsThemOutWithTheirRelays() throws Exception {
        assertThat(send("PUT", "garden", "{\"maxMembers\":1,\"metadata\":{\"topic\":\"plans\"}}")
                        .statusCode())
                .isEqualTo(201);
        try (var ann = new HubClient(parley.page());
                var relay = new TurnClient(parley.turnAddress(), ann.credentials())) {
            JsonNode joined = ann.join("garden");
            assertThat(joined.toString()).contains("\"maxMembers\":1", "\"topic\":\"plans\"");
            relay.allocate();
            JsonNode seen =
                    JsonMapper.shared().readTree(send("GET", "garden", "").body());
            assertThat(seen.get("members")).hasSize(1);
            String id = seen.get("members").get(0).get("id").stringValue();
            assertThat(id).isEqualTo(joined.get("id").stringValue());

            assertThat(send("DELETE", "garden/members/" + id, "").statusCode()).isEqualTo(204);
            awaitGone(relay);
            assertThat(send("GET", "garden", "").body()).contains("\"members\":[]");
            assertThat(send("DELETE", "garden", "").statusCode()).isEqualTo(204);
            assertThat(send("GET", "garden", "").statusCode()).isEqualTo(404);
        }
    }

    private HttpResponse<String> send(String method, String room, String json)
            throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(parley.page().resolve("/api/v1/rooms/" + room))
                .header("Authorization", "Bearer " + KEY)
                .method(method, HttpRequest.BodyPublishers.ofString(json))
                .build();
        return http.send(request, HttpResponse.BodyHandlers.ofString());
    }

    private static void awaitGone(TurnClient relay) throws InterruptedException {
        long endNanos = System.nanoTime() + PATIENCE.toNanos();
        while (relay.refresh(Duration.ofMinutes(5)).isSuccess()) {
            assertThat(System.nanoTime() - endNanos).isNegative();
            Thread.sleep(20);
        }
    }
}
