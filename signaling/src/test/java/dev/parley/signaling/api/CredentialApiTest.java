package dev.parley.signaling.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.ice.address.IpAddress;
import dev.parley.ice.credential.Secret;
import dev.parley.ice.credential.TimeLimitedCredentials;
import dev.parley.ice.credential.VerifiedUsername;
import dev.parley.signaling.auth.Applicant;
import dev.parley.signaling.auth.Decision;
import dev.parley.signaling.auth.DenyReason;
import dev.parley.signaling.core.Allowance;
import dev.parley.signaling.core.Grant;
import dev.parley.signaling.core.Identity;
import dev.parley.signaling.core.RoomName;
import dev.parley.signaling.core.UserId;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Who gets credentials, how many, and in which shape. */
class CredentialApiTest {
    private static final Instant NOW = Instant.parse("2026-11-22T12:00:00Z");
    private static final String OWN = "/api/v1/ice-servers";
    private static final String BEARER = "Bearer shop.s3cret";
    private static final String TOKEN = "Bearer one.two.three";
    private static final IpAddress REMOTE = IpAddress.parse("198.51.100.7");

    private final TimeLimitedCredentials credentials = new TimeLimitedCredentials(
            List.of(Secret.ofText("a secret of more than thirty-two characters")), InstantSource.fixed(NOW));
    private final Set<ApiName> revoked = new HashSet<>();
    private final ApiCounters counters = new ApiCounters();
    private long nowNanos = 7;
    private Decision decision = new Decision.Denied(DenyReason.SIGNATURE);
    private final List<Applicant> applicants = new ArrayList<>();
    private final ApiKeys keys = new ApiKeys(List.of());
    private final CredentialApi api = new CredentialApi(
            keys,
            new TokenTerms(true, Duration.ofMinutes(30), 2),
            (applicant, answer) -> {
                applicants.add(applicant);
                answer.accept(decision);
            },
            new IceMint(
                    credentials,
                    List.of("stun:192.0.2.7:3478"),
                    List.of("turn:192.0.2.7:3478?transport=udp", "turns:192.0.2.7:5349?transport=tcp"),
                    InstantSource.fixed(NOW)),
            new Revocations(),
            counters,
            () -> nowNanos);

    private final class Revocations implements ApiRevocations {
        @Override
        public boolean isRevoked(ApiName owner) {
            return revoked.contains(owner);
        }

        @Override
        public boolean revoke(ApiName owner, Duration atLeast) {
            assertThat(atLeast).isEqualTo(Duration.ofHours(2));
            return revoked.size() < 2 && revoked.add(owner);
        }
    }

    @BeforeEach
    void keysOfThreeApps() {
        List<String> lines = List.of(
                "shop sha256:" + ApiKey.hash("s3cret")
                        + " ttl=3600 max-ttl=7200 per-minute=3 per-day=5 origin=https://shop.example",
                "other sha256:" + ApiKey.hash("0ther") + " ttl=300 per-minute=3 relay=room",
                "desk sha256:" + ApiKey.hash("d3sk") + " scope=rooms");
        keys.replace(((ApiKeyLines.Result.Read) ApiKeyLines.read(lines)).keys());
    }

    private ApiAnswer ask(
            String method,
            String path,
            Map<String, String> query,
            ApiBody body,
            @Nullable String authorization,
            ApiRequest.@Nullable PageOrigin origin) {
        List<ApiAnswer> answers = new ArrayList<>();
        api.answer(new ApiRequest(method, path, query, body, authorization, origin, REMOTE), answers::add);
        assertThat(answers).hasSize(1);
        return answers.getFirst();
    }

    private ApiAnswer get(String path, Map<String, String> query, @Nullable String authorization) {
        return ask("GET", path, query, ApiBody.NONE, authorization, null);
    }

    private ApiAnswer getFrom(String origin, boolean ofServer) {
        return ask("GET", OWN, Map.of(), ApiBody.NONE, BEARER, new ApiRequest.PageOrigin(origin, ofServer, false));
    }

    private ApiAnswer post(String path, Map<String, String> fields, String authorization) {
        return ask("POST", path, Map.of(), ApiBody.ofForm(fields), authorization, null);
    }

    private ApiAnswer delete(String username) {
        return ask("DELETE", OWN + "/" + username, Map.of(), ApiBody.NONE, BEARER, null);
    }

    private static List<String> headers(ApiAnswer answer, String name) {
        return answer.headers().stream()
                .filter(header -> header.name().equals(name))
                .map(ApiAnswer.Header::value)
                .toList();
    }

    private static JsonNode json(ApiAnswer answer) {
        return JsonMapper.shared().readTree(answer.body());
    }

    private static String problemOf(ApiAnswer answer) {
        return answer.status() + " " + json(answer).get("error").stringValue();
    }

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
    void nameIsRandomUnlessAskedFor() {
        String first = json(get(OWN, Map.of(), BEARER)).get("username").stringValue();
        String second =
                json(get(OWN, Map.of("username", ""), BEARER)).get("username").stringValue();

        assertThat(first).matches("\\d+:api:shop:[0-9a-f]{16}").isNotEqualTo(second);
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
    void cloudflareAppsRevokeTheirWay() {
        String path = "/v1/turn/keys/shop/credentials/1767225600:api:shop:ann/revoke";
        assertThat(post(path, Map.of(), "Bearer s3cret").status()).isEqualTo(204);
        assertThat(revoked).containsExactly(new ApiName("shop", "ann", null));
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

    private void admit(Duration lifetime, Grant grant) {
        decision = new Decision.Admitted(
                new Identity(UserId.find("ann"), null, List.of(grant), Allowance.USUAL, lifetime));
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
