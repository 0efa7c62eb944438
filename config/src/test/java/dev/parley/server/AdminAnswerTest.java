package dev.parley.server;

import static org.assertj.core.api.Assertions.assertThat;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AdminAnswerTest {
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
        assertThat(AdminAnswer.to(method, "127.0.0.1:8081", "/metrics", true, () -> "x")
                        .status())
                .isEqualTo(405);
    }

    @ParameterizedTest
    @ValueSource(strings = {"localhost", "localhost:8081", "127.0.0.1", "127.0.0.1:8081", "[::1]:8081"})
    void addressesAndLocalhostMayAsk(String host) {
        assertThat(AdminAnswer.to("GET", host, "/healthz", true, () -> "x").status())
                .isEqualTo(200);
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
        assertThat(AdminAnswer.to("GET", host, "/metrics", true, () -> "x").status())
                .isEqualTo(403);
    }

    private static AdminAnswer get(@Nullable String path, boolean ready) {
        return AdminAnswer.to("GET", "127.0.0.1:8081", path, ready, () -> "some metrics");
    }
}
