package dev.parley.it.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.parley.it.fixture.HubClient;
import dev.parley.it.fixture.ParleyProcess;
import dev.parley.it.fixture.TurnClient;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** The real server lets in whom an identity provider and the operator's own service let in, and as long as they do. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AdmissionIT {
    private static final int TOKEN_EXPIRED = 4004;

    private final RSAKey key = new RSAKeyGenerator(2048).keyID("k1").generate();
    private final Queue<String> questions = new ConcurrentLinkedQueue<>();
    private final HttpServer provider = provider();
    private final ParleyProcess parley = ParleyProcess.plan()
            .set("turn.relay-address", "127.0.0.1")
            .set("auth.anonymous", false)
            .set("auth.jwks-url", "http://127.0.0.1:" + provider.getAddress().getPort() + "/keys")
            .set("auth.hook-url", "http://127.0.0.1:" + provider.getAddress().getPort() + "/hook")
            .set("auth.issuer", "https://id.example")
            .set("auth.leeway", "0s")
            .start();

    AdmissionIT() throws IOException, JOSEException {}

    @AfterAll
    void everythingEndsWell() {
        parley.close();
        provider.stop(0);
    }

    private HttpServer provider() throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext(
                "/keys",
                exchange -> answer(exchange, "{\"keys\":[" + key.toPublicJWK().toJSONString() + "]}"));
        server.createContext("/hook", exchange -> {
            String question = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            questions.add(question);
            answer(exchange, "{\"allow\":" + !question.contains("\"user\":\"eve\"") + "}");
        });
        server.start();
        return server;
    }

    private static void answer(HttpExchange exchange, String json) throws IOException {
        byte[] body = json.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(200, body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    private static String token(RSAKey key, String user, Duration ttl) throws JOSEException {
        JWTClaimsSet claims = new JWTClaimsSet.Builder()
                .issuer("https://id.example")
                .subject(user)
                .claim("rooms", List.of("garden"))
                .claim("role", "host")
                .expirationTime(Date.from(Instant.now().plus(ttl)))
                .build();
        SignedJWT token = new SignedJWT(
                new JWSHeader.Builder(JWSAlgorithm.RS256).keyID("k1").build(), claims);
        token.sign(new RSASSASigner(key));
        return token.serialize();
    }

    private HubClient come(String token) {
        return new HubClient(parley.page(), "{\"type\":\"hello\",\"room\":\"garden\",\"token\":\"" + token + "\"}");
    }

    @Test
    void tokenOfTheIdentityProviderLetsInAndItsRoleCounts() throws JOSEException {
        try (var ann = come(token(key, "ann", Duration.ofHours(1)))) {
            assertThat(ann.join("garden").get("role").stringValue()).isEqualTo("host");
            assertThatThrownBy(() -> ann.join("cellar")).hasMessageContaining("join-refused");
            assertThat(questions)
                    .anyMatch(question -> question.contains("\"user\":\"ann\"")
                            && question.contains("\"room\":\"garden\"")
                            && question.contains("\"remote\":\"127.0.0.1\""));
        }
    }

    @Test
    void nobodyElseIsLetInAndTheLogHoldsNoToken() throws JOSEException {
        String forged = token(new RSAKeyGenerator(2048).generate(), "ann", Duration.ofHours(1));
        String eves = token(key, "eve", Duration.ofHours(1));

        assertThatThrownBy(() -> new HubClient(parley.page())).hasMessageContaining("\"denied\"");
        assertThatThrownBy(() -> come(forged)).hasMessageContaining("\"denied\"");
        assertThatThrownBy(() -> come(eves)).hasMessageContaining("\"denied\"");
        assertThat(parley.log())
                .contains("signature", "hook-denied", "no-token")
                .doesNotContain(forged)
                .doesNotContain(eves);
    }

    @Test
    void endOfTheTokenIsTheEndOfSessionAndAllocation() throws JOSEException {
        try (var ann = come(token(key, "ann", Duration.ofSeconds(3)))) {
            ann.join("garden");
            try (var relay = new TurnClient(parley.turnAddress(), ann.credentials())) {
                relay.allocate();
                assertThat(ann.awaitClose()).isEqualTo(TOKEN_EXPIRED);
                Awaitility.await()
                        .atMost(Duration.ofSeconds(1))
                        .pollInterval(Duration.ofMillis(50))
                        .untilAsserted(() -> assertThat(
                                        relay.refresh(Duration.ofMinutes(10)).code())
                                .isIn(401, 437, 441));
            }
        }
    }

    @Test
    void tokenInTheAddressOfTheTopicsLetsInAndIsInNoLog() throws JOSEException {
        String anns = token(key, "ann", Duration.ofHours(1));
        try (HttpClient http = HttpClient.newHttpClient()) {
            assertThat(firstWord(http, anns)).isEqualTo("pong");
            assertThat(firstWord(http, token(key, "eve", Duration.ofHours(1)))).isEqualTo("closed 4003");
        }
        assertThat(parley.log()).doesNotContain(anns);
    }

    private String firstWord(HttpClient http, String token) {
        CompletableFuture<String> word = new CompletableFuture<>();
        URI topics = URI.create(parley.page().toString().replaceFirst("^http", "ws"))
                .resolve("/topics?access_token=" + token);
        WebSocket socket = http.newWebSocketBuilder()
                .buildAsync(topics, new WebSocket.Listener() {
                    @Override
                    public @Nullable CompletionStage<?> onText(WebSocket from, CharSequence text, boolean last) {
                        word.complete(text.toString().contains("pong") ? "pong" : text.toString());
                        return null;
                    }

                    @Override
                    public @Nullable CompletionStage<?> onClose(WebSocket from, int code, String reason) {
                        word.complete("closed " + code);
                        return null;
                    }
                })
                .join();
        socket.sendText("{\"type\":\"ping\"}", true).join();
        String heard = word.orTimeout(20, TimeUnit.SECONDS).join();
        socket.abort();
        return heard;
    }
}
