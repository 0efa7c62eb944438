package dev.parley.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.ice.credential.Secret;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AdminAnswerTest {
    private static final String RELOAD = "/api/v1/admin/reload";
    private static final String TOKEN = "0123456789abcdefghijklmnopqrstuvwxyz";

    private final AdminToken token = new AdminToken(Secret.ofText(TOKEN));
    private final FakeDuties duties = new FakeDuties();

    @Test
    void metricsHealthAndReadinessAreAllThereIs() {
        assertThat(get("/metrics", true).body()).isEqualTo("some metrics");
        assertThat(get("/healthz", false).status()).isEqualTo(200);
        assertThat(get("/readyz", true).status()).isEqualTo(200);
        assertThat(get("/readyz", false).status()).isEqualTo(503);
        for (String path : new String[] {"/", "/metrics/", "//metrics", "/metrics%2f", "/healthz/../metrics", "/api"}) {
            assertThat(get(path, true).status()).as(path).isEqualTo(404);
        }
        assertThat(get(null, true).status()).isEqualTo(404);
    }

    @ParameterizedTest
    @ValueSource(strings = {"POST", "HEAD", "PUT", "DELETE", "OPTIONS", "get"})
    void everyOtherMethodIsRefused(String method) {
        assertThat(ask(method, "127.0.0.1:8081", "/metrics", null).status()).isEqualTo(405);
    }

    @ParameterizedTest
    @ValueSource(strings = {"localhost", "localhost:8081", "127.0.0.1", "127.0.0.1:8081", "[::1]:8081"})
    void addressesAndLocalhostMayAsk(String host) {
        assertThat(ask("GET", host, "/healthz", null).status()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "evil.example",
                "evil.example:8081",
                "localhost.evil.example",
                "127.0.0.1.evil.example",
                "",
                "localhost:8081@x"
            })
    void aPageThatPointsItsNameAtLoopbackReadsNothing(String host) {
        assertThat(ask("GET", host, "/metrics", null).status()).isEqualTo(403);
        assertThat(ask("POST", host, RELOAD, "Bearer " + TOKEN).status()).isEqualTo(403);
        assertThat(duties.reloads).isZero();
    }

    /** An admin port without a password, reached through the relay, was a way in elsewhere (CVE-2018-4059). */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "Bearer",
                "Bearer ",
                "bearer " + TOKEN,
                "Basic " + TOKEN,
                TOKEN,
                "Bearer " + TOKEN + "x",
                "Bearer x" + TOKEN,
                "Bearer 0123456789abcdefghijklmnopqrstuvwxy"
            })
    void row3NothingIsChangedWithoutTheTokenEvenFromThisHost(String authorization) {
        assertThat(ask("POST", "127.0.0.1", RELOAD, authorization).status()).isEqualTo(401);
        assertThat(ask("POST", "127.0.0.1", RELOAD, null).status()).isEqualTo(401);
        assertThat(duties.reloads).isZero();
    }

    @Test
    void row3WithoutATokenInTheConfigurationNothingCanBeChanged() {
        AdminToken unset = new AdminToken(null);
        AdminRequest request = new AdminRequest("POST", null, RELOAD, null, "Bearer null");

        assertThat(AdminAnswer.to(request, true, unset, duties).status()).isEqualTo(403);
        assertThat(duties.reloads).isZero();
    }

    @Test
    void aReloadAnswersWithWhatChanged() {
        assertThat(ask("POST", "127.0.0.1", RELOAD, "Bearer " + TOKEN))
                .isEqualTo(new AdminAnswer(
                        200, "text/plain; charset=utf-8", "changed: turn.peers.deny\nneeds a restart: nothing\n"));
        assertThat(duties.reloads).isEqualTo(1);
        assertThat(ask("GET", "127.0.0.1", RELOAD, "Bearer " + TOKEN).status()).isEqualTo(405);

        duties.outcome = new Reload.Outcome.Refused(List.of("turn.port must be a whole number, not 'x'"));
        assertThat(ask("POST", "127.0.0.1", RELOAD, "Bearer " + TOKEN).status()).isEqualTo(422);
    }

    @Test
    void usersAreShownToWhoHasTheTokenOnly() {
        String users = "/api/v1/admin/users";
        assertThat(ask("GET", "127.0.0.1", users, "Bearer " + TOKEN))
                .isEqualTo(new AdminAnswer(200, "application/json", "some users"));
        assertThat(ask("GET", "127.0.0.1", users, null).status()).isEqualTo(401);
        assertThat(ask("GET", "evil.example", users, "Bearer " + TOKEN).status())
                .isEqualTo(403);
        assertThat(ask("POST", "127.0.0.1", users, "Bearer " + TOKEN).status()).isEqualTo(405);
    }

    @ParameterizedTest
    @CsvSource({
        "'', ''",
        "after=garden, garden",
        "after=tea%20garden, tea garden",
        "after=%E2%98%95%, ☕",
        "before=x, ''"
    })
    void roomsAreShownAPageAtATimeToWhoHasTheToken(String query, String after) {
        String path = "/api/v1/admin/rooms";
        var request = new AdminRequest("GET", "127.0.0.1", path, query, "Bearer " + TOKEN);

        assertThat(AdminAnswer.to(request, true, token, duties))
                .isEqualTo(new AdminAnswer(200, "application/json", "rooms after '" + after + "'"));
        assertThat(ask("GET", "127.0.0.1", path, null).status()).isEqualTo(401);
        assertThat(ask("POST", "127.0.0.1", path, "Bearer " + TOKEN).status()).isEqualTo(405);
    }

    private AdminAnswer get(@Nullable String path, boolean ready) {
        return AdminAnswer.to(new AdminRequest("GET", "127.0.0.1:8081", path, null, null), ready, token, duties);
    }

    private AdminAnswer ask(String method, String host, String path, @Nullable String authorization) {
        return AdminAnswer.to(new AdminRequest(method, host, path, null, authorization), true, token, duties);
    }

    private static final class FakeDuties implements AdminDuties {
        private Reload.Outcome outcome = new Reload.Outcome.Applied(List.of("turn.peers.deny"), List.of());
        private int reloads;

        @Override
        public String metrics() {
            return "some metrics";
        }

        @Override
        public String rooms(String after) {
            return "rooms after '" + after + "'";
        }

        @Override
        public String topUsers() {
            return "some users";
        }

        @Override
        public Reload.Outcome reload() {
            reloads++;
            return outcome;
        }
    }
}
