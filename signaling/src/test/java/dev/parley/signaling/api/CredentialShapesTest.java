package dev.parley.signaling.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.ice.credential.VerifiedUsername;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** In which shapes applications get their credentials. */
class CredentialShapesTest extends CredentialApiFixture {
    @Test
    void ownShapeServesDraftAndBrowserAlike() {
        ApiAnswer answer = get(OWN, Map.of("username", "ann"), BEARER);
        JsonNode body = json(answer);
        String username = NOW.plusSeconds(3600).getEpochSecond() + ":api:shop:ann";

        assertThat(answer.status()).isEqualTo(200);
        assertThat(body.get("username").stringValue()).isEqualTo(username);
        assertThat(body.get("ttl").isInt()).isTrue();
        assertThat(body.get("ttl").intValue()).isEqualTo(3600);
        assertThat(body.get("uris").toString())
                .isEqualTo("[\"turn:192.0.2.7:3478?transport=udp\",\"turns:192.0.2.7:5349?transport=tcp\"]");
        assertThat(body.get("iceServers").get(0).toString()).isEqualTo("{\"urls\":[\"stun:192.0.2.7:3478\"]}");
        assertThat(body.get("iceServers").get(1).get("credential")).isEqualTo(body.get("password"));
        var verified = (VerifiedUsername.Valid) credentials.verify(username);
        assertThat(verified.passwords()).contains(body.get("password").stringValue());
    }

    @Test
    void sameServersAsLinkHeadersForWhip() {
        assertThat(headers(get(OWN, Map.of(), BEARER), "Link"))
                .hasSize(3)
                .first()
                .isEqualTo("<stun:192.0.2.7:3478>; rel=\"ice-server\"");
        assertThat(headers(get(OWN, Map.of("username", "ann"), BEARER), "Link").getLast())
                .matches("<turns:192\\.0\\.2\\.7:5349\\?transport=tcp>; rel=\"ice-server\"; "
                        + "username=\"\\d+:api:shop:ann\"; credential=\"[A-Za-z0-9+/=]{28}\"; "
                        + "credential-type=\"password\"");
    }

    @Test
    void cloudflareShape() {
        ApiAnswer answer =
                post("/v1/turn/keys/shop/credentials/generate-ice-servers", Map.of("ttl", "600"), "Bearer s3cret");

        assertThat(answer.status()).isEqualTo(201);
        assertThat(json(answer).propertyNames()).containsExactly("iceServers");
        assertThat(json(answer).get("iceServers").get(1).get("username").stringValue())
                .startsWith(Long.toString(NOW.plusSeconds(600).getEpochSecond()));
    }

    @Test
    void twilioShape() {
        String basic = "Basic " + Base64.getEncoder().encodeToString("shop:s3cret".getBytes(StandardCharsets.UTF_8));
        ApiAnswer answer = post("/2010-04-01/Accounts/shop/Tokens.json", Map.of("Ttl", "600"), basic);
        JsonNode body = json(answer);

        assertThat(answer.status()).isEqualTo(201);
        assertThat(body.get("ttl").stringValue()).isEqualTo("600");
        assertThat(body.get("account_sid").stringValue()).isEqualTo("shop");
        assertThat(body.get("date_created").stringValue()).isEqualTo("Sun, 22 Nov 2026 12:00:00 +0000");
        assertThat(body.get("ice_servers").get(0).toString())
                .isEqualTo("{\"urls\":\"stun:192.0.2.7:3478\",\"url\":\"stun:192.0.2.7:3478\"}");
        assertThat(body.get("ice_servers").get(1).get("credential")).isEqualTo(body.get("password"));
    }

    @Test
    void meteredShapeIsTheBareArray() {
        JsonNode body = json(get("/api/v1/turn/credentials", Map.of("apiKey", "shop.s3cret"), null));

        assertThat(body.isArray()).isTrue();
        assertThat(body.get(1).get("urls").stringValue()).isEqualTo("turn:192.0.2.7:3478?transport=udp");
        assertThat(body.get(1).propertyNames()).containsExactly("urls", "username", "credential");
    }

    @ParameterizedTest
    @ValueSource(strings = {"v3", "r0"})
    void matrixShape(String version) {
        JsonNode body = json(get("/_matrix/client/" + version + "/voip/turnServer", Map.of(), BEARER));

        assertThat(body.propertyNames()).containsExactly("username", "password", "ttl", "uris");
    }

    @Test
    void formatChoosesTheShape() {
        assertThat(json(get(OWN, Map.of("format", "metered"), BEARER)).isArray())
                .isTrue();
        assertThat(problemOf(get(OWN, Map.of("format", "xml"), BEARER))).isEqualTo("400 bad-format");
    }

    @Test
    void meteredCredentialIsFlat() {
        ApiAnswer answer = ask(
                "POST",
                "/api/v1/turn/credential",
                Map.of("secretKey", "shop.s3cret"),
                Objects.requireNonNull(ApiBody.findJson("{\"expiryInSeconds\":600,\"label\":\"ann\"}")),
                null,
                null);
        assertThat(json(answer).propertyNames()).containsExactly("username", "password", "expiryInSeconds");
        assertThat(json(answer).get("expiryInSeconds").intValue()).isEqualTo(600);
    }

    @Test
    void linkShapeIsHeadersAlone() {
        ApiAnswer answer = get(OWN, Map.of("format", "link"), BEARER);

        assertThat(answer.status()).isEqualTo(204);
        assertThat(answer.body()).isEmpty();
        assertThat(headers(answer, "Link")).hasSize(3);
    }

    @Test
    void cloudflareAppsRevokeTheirWay() {
        String path = "/v1/turn/keys/shop/credentials/1767225600:api:shop:ann/revoke";
        assertThat(post(path, Map.of(), "Bearer s3cret").status()).isEqualTo(204);
        assertThat(revoked).containsExactly(new ApiName("shop", "ann", null));
    }
}
