package dev.parley.signaling.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.signaling.auth.Decision;
import dev.parley.signaling.auth.DenyReason;
import dev.parley.signaling.core.Grant;
import dev.parley.signaling.core.RoomName;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** Who gets credentials, and how many. */
class CredentialApiTest extends CredentialApiFixture {
    @Test
    void nameIsRandomUnlessAskedFor() {
        String first = json(get(OWN, Map.of(), BEARER)).get("username").stringValue();
        String second =
                json(get(OWN, Map.of("username", ""), BEARER)).get("username").stringValue();

        assertThat(first).matches("\\d+:api:shop:[0-9a-f]{16}").isNotEqualTo(second);
    }

    @ParameterizedTest
    @ValueSource(strings = {"key", "api", "apiKey", "secretKey"})
    void keyMayBeAParameter(String name) {
        assertThat(get(OWN, Map.of(name, "shop.s3cret"), null).status()).isEqualTo(200);
    }

    @ParameterizedTest
    @CsvSource({
        "Bearer shop.wrong, 401 wrong-key",
        "Bearer shop.s3cre, 401 wrong-key",
        "Bearer shop.s3crett, 401 wrong-key",
        "Bearer shop.0ther, 401 wrong-key",
        "Bearer nobody.s3cret, 401 wrong-key",
        "Bearer -., 401 wrong-key",
        "Bearer -, 401 wrong-key",
        "Bearer s3cret, 401 wrong-key",
        "Digest shop.s3cret, 401 no-key",
        "Basic c2hvcA==, 401 no-key",
        "Basic *, 401 no-key"
    })
    void section4Line20WrongKeyGetsNothing(String authorization, String problem) {
        assertThat(problemOf(get(OWN, Map.of(), authorization))).isEqualTo(problem);
    }

    @Test
    void overlongSecretIsNotHashed() {
        assertThat(problemOf(get(OWN, Map.of(), "Bearer shop." + "x".repeat(129))))
                .isEqualTo("401 wrong-key");
    }

    @Test
    void section3Row29KeyHasItsCredentialsOfTheMinuteAndNotOneMore() {
        for (int i = 0; i < 3; i++) {
            assertThat(get(OWN, Map.of(), BEARER).status()).isEqualTo(200);
        }
        ApiAnswer fourth = get(OWN, Map.of(), BEARER);
        assertThat(problemOf(fourth)).isEqualTo("429 too-many");
        assertThat(headers(fourth, "Retry-After")).containsExactly("60");
        assertThat(get(OWN, Map.of("room", "r"), "Bearer other.0ther").status()).isEqualTo(200);
        nowNanos += TimeUnit.MINUTES.toNanos(1) - 1;
        assertThat(headers(get(OWN, Map.of(), BEARER), "Retry-After")).containsExactly("1");
        nowNanos += 1;
        assertThat(get(OWN, Map.of(), BEARER).status()).isEqualTo(200);
    }

    @Test
    void keyHasItsCredentialsOfTheDayAndNotOneMore() {
        for (int i = 0; i < 5; i++) {
            assertThat(get(OWN, Map.of(), BEARER).status()).isEqualTo(200);
            nowNanos += TimeUnit.MINUTES.toNanos(1);
        }
        ApiAnswer sixth = get(OWN, Map.of(), BEARER);
        assertThat(problemOf(sixth)).isEqualTo("429 quota");
        assertThat(headers(sixth, "Retry-After")).containsExactly(Integer.toString(86_400 - 300));
        nowNanos += TimeUnit.MINUTES.toNanos(1440 - 5);
        assertThat(get(OWN, Map.of(), BEARER).status()).isEqualTo(200);
        assertThat(counters.refusals(ApiProblem.QUOTA)).isOne();
        assertThat(counters.mintedTo("shop")).isEqualTo(6);
    }

    @ParameterizedTest
    @CsvSource({"1", "60", "3600", "7200"})
    void ttlIsWhatIsAskedFor(int asked) {
        JsonNode body = json(get(OWN, Map.of("ttl", Integer.toString(asked)), BEARER));
        assertThat(body.get("ttl").intValue()).isEqualTo(asked);
    }

    @ParameterizedTest
    @CsvSource({"7201", "86400", "999999999"})
    void ttlAboveWhatTheKeyMayHaveIsRefusedAndCostsNothing(String asked) {
        for (int i = 0; i < 4; i++) {
            assertThat(problemOf(get(OWN, Map.of("ttl", asked), BEARER))).isEqualTo("400 ttl-too-long");
        }
        assertThat(get(OWN, Map.of(), BEARER).status()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "-1", "1.5", "1e3", "", "9999999999", "x"})
    void otherTtlsAreRefused(String asked) {
        assertThat(problemOf(get(OWN, Map.of("ttl", asked), BEARER))).isEqualTo("400 bad-ttl");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a:b", "a b", "\u0000", "\"", "a\r\nb", "<a>"})
    void nameThatCouldMeanSomethingElseIsRefused(String user) {
        assertThat(problemOf(get(OWN, Map.of("username", user), BEARER))).isEqualTo("400 bad-user");
    }

    @Test
    void nameHasItsLengthAndNotOneMore() {
        assertThat(get(OWN, Map.of("username", "u".repeat(64)), BEARER).status())
                .isEqualTo(200);
        assertThat(problemOf(get(OWN, Map.of("username", "u".repeat(65)), BEARER)))
                .isEqualTo("400 bad-user");
    }

    @Test
    void pagesOfTheKeysOriginsAloneMayAsk() {
        ApiAnswer admitted = getFrom("https://shop.example", false);
        assertThat(headers(admitted, "Access-Control-Allow-Origin")).containsExactly("https://shop.example");
        assertThat(headers(admitted, "Access-Control-Expose-Headers")).containsExactly("Link, Retry-After");
        assertThat(headers(admitted, "Vary")).containsExactly("Origin, Authorization");
        for (String origin :
                List.of("null", "", "https://shop.example.evil", "http://shop.example", "https://a.shop.example")) {
            ApiAnswer refused = getFrom(origin, false);
            assertThat(problemOf(refused)).isEqualTo("403 wrong-origin");
            assertThat(headers(refused, "Access-Control-Allow-Origin")).isEmpty();
        }
        assertThat(problemOf(getFrom("https://of.this.server", true))).isEqualTo("403 wrong-origin");
    }

    @Test
    void browsersAreToldBeforehandWhatPagesMaySend() {
        var ofShop = new ApiRequest.PageOrigin("https://shop.example", false, true);
        ApiAnswer told = ask("OPTIONS", OWN, Map.of(), ApiBody.NONE, null, ofShop);
        assertThat(told.status()).isEqualTo(204);
        assertThat(headers(told, "Access-Control-Allow-Origin")).containsExactly("https://shop.example");
        assertThat(headers(told, "Access-Control-Allow-Methods")).containsExactly("GET, POST");
        assertThat(headers(told, "Access-Control-Allow-Headers")).containsExactly("Authorization, Content-Type");

        var ofNobody = new ApiRequest.PageOrigin("https://evil.example", false, true);
        ApiAnswer refused = ask("OPTIONS", OWN, Map.of(), ApiBody.NONE, null, ofNobody);
        assertThat(problemOf(refused)).isEqualTo("403 wrong-origin");
    }

    @Test
    void otherMethodsPathsAndServicesAreRefused() {
        ApiAnswer put = ask("PUT", OWN, Map.of(), ApiBody.NONE, BEARER, null);
        assertThat(problemOf(put)).isEqualTo("405 method");
        assertThat(headers(put, "Allow")).containsExactly("GET, POST");
        assertThat(problemOf(get("/api/v1/turn", Map.of(), BEARER))).isEqualTo("404 not-found");
        assertThat(problemOf(get(OWN, Map.of("service", "stun"), BEARER))).isEqualTo("400 bad-service");
        assertThat(get(OWN, Map.of("service", "turn"), BEARER).status()).isEqualTo(200);
        assertThat(api.serves("/")).isFalse();
    }

    @Test
    void keyOfAnotherScopeGetsNothing() {
        assertThat(problemOf(get(OWN, Map.of(), "Bearer desk.d3sk"))).isEqualTo("403 wrong-scope");
    }

    @Test
    void keyForRoomsNamesOneAndTheNameCarriesItsTag() {
        assertThat(problemOf(get(OWN, Map.of(), "Bearer other.0ther"))).isEqualTo("400 bad-room");
        String username = json(get(OWN, Map.of("room", "café", "username", "ann"), "Bearer other.0ther"))
                .get("username")
                .stringValue();
        ApiName name = Objects.requireNonNull(ApiName.find(username.substring(username.indexOf(':') + 1)));
        assertThat(name).isEqualTo(new ApiName("other", "ann", ApiName.tagOf(new RoomName("café"))));
        assertThat(problemOf(get(OWN, Map.of("room", " "), "Bearer other.0ther")))
                .isEqualTo("400 bad-room");
    }

    @Test
    void keyRevokesItsOwnUsersAndNobodyElses() {
        for (String username : List.of("1767225600:api:other:ann", "member:ann", "api:shopper:ann", "api::ann", "::")) {
            assertThat(problemOf(delete(username))).isEqualTo("404 not-found");
        }
        assertThat(revoked).isEmpty();
        assertThat(delete("1767225600:api:shop:ann").status()).isEqualTo(204);
        assertThat(revoked).containsExactly(new ApiName("shop", "ann", null));
        assertThat(problemOf(get(OWN, Map.of("username", "ann"), BEARER))).isEqualTo("403 revoked");
        assertThat(delete("1767225600:api:shop:ben:" + ApiName.tag("room")).status())
                .isEqualTo(204);
        assertThat(problemOf(delete("eve"))).isEqualTo("503 too-many-revoked");
        assertThat(counters.revocations()).isEqualTo(2);
    }

    @Test
    void section4Line20TokenGetsCredentialsForItsRoomThatDoNotOutliveIt() {
        admit(Duration.ofSeconds(90), Objects.requireNonNull(Grant.find("demo", null)));
        JsonNode body = json(get(OWN, Map.of(), TOKEN));
        String username = body.get("username").stringValue();

        assertThat(body.get("ttl").intValue()).isEqualTo(90);
        assertThat(ApiName.find(username.substring(username.indexOf(':') + 1)))
                .isEqualTo(new ApiName("", ApiName.tag("ann"), ApiName.tagOf(new RoomName("demo"))));
        assertThat(applicants.getFirst().remote()).isEqualTo(REMOTE);
        admit(Duration.ofDays(1), Objects.requireNonNull(Grant.find("demo", null)));
        assertThat(json(get(OWN, Map.of(), TOKEN)).get("ttl").intValue()).isEqualTo(1800);
        assertThat(problemOf(get(OWN, Map.of(), TOKEN))).isEqualTo("429 too-many");
        assertThat(problemOf(get(OWN, Map.of("ttl", "1801"), TOKEN))).isEqualTo("400 ttl-too-long");
    }

    @Test
    void tokenIsForItsRoomsAloneAndOneForManyNamesOne() {
        admit(Duration.ofHours(1), Objects.requireNonNull(Grant.find("demo-*", null)));
        assertThat(problemOf(get(OWN, Map.of(), TOKEN))).isEqualTo("400 bad-room");
        assertThat(problemOf(get(OWN, Map.of("room", "other"), TOKEN))).isEqualTo("403 wrong-room");
        assertThat(get(OWN, Map.of("room", "demo-7"), TOKEN).status()).isEqualTo(200);
    }

    @Test
    void tokenThatDoesNotCountGetsNothingAndLearnsNothing() {
        assertThat(problemOf(get(OWN, Map.of(), TOKEN))).isEqualTo("401 wrong-token");
        decision = new Decision.Denied(DenyReason.BUSY);
        assertThat(problemOf(get(OWN, Map.of(), TOKEN))).isEqualTo("503 busy");
        var elsewhere = new ApiRequest.PageOrigin("https://shop.example", false, false);
        assertThat(problemOf(ask("GET", OWN, Map.of(), ApiBody.NONE, TOKEN, elsewhere)))
                .isEqualTo("403 wrong-origin");
        assertThat(problemOf(ask("DELETE", OWN + "/ann", Map.of(), ApiBody.NONE, TOKEN, null)))
                .isEqualTo("403 wrong-scope");
    }

    @Test
    void nothingPrintsASecret() {
        ApiRequest request =
                new ApiRequest("GET", OWN, Map.of("key", "shop.s3cret"), ApiBody.NONE, BEARER, null, REMOTE);

        assertThat(request + get(OWN, Map.of(), BEARER).toString()).doesNotContain("s3cret", "credential=");
        assertThat(new IceCredential("u", "hidden", Duration.ofSeconds(1), NOW, List.of(), List.of("turn:x"))
                        .toString())
                .doesNotContain("hidden");
    }
}
