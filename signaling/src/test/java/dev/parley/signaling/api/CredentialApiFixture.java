package dev.parley.signaling.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.ice.address.IpAddress;
import dev.parley.ice.credential.Secret;
import dev.parley.ice.credential.TimeLimitedCredentials;
import dev.parley.signaling.auth.Applicant;
import dev.parley.signaling.auth.Decision;
import dev.parley.signaling.auth.DenyReason;
import dev.parley.signaling.core.Allowance;
import dev.parley.signaling.core.Grant;
import dev.parley.signaling.core.Identity;
import dev.parley.signaling.core.UserId;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A credential API with three keys, at a standing clock, and what is asked of it. */
abstract class CredentialApiFixture {
    static final Instant NOW = Instant.parse("2026-11-22T12:00:00Z");
    static final String OWN = "/api/v1/ice-servers";
    static final String BEARER = "Bearer shop.s3cret";
    static final String TOKEN = "Bearer one.two.three";
    static final IpAddress REMOTE = IpAddress.parse("198.51.100.7");

    final TimeLimitedCredentials credentials = new TimeLimitedCredentials(
            List.of(Secret.ofText("a secret of more than thirty-two characters")), InstantSource.fixed(NOW));
    final Set<ApiName> revoked = new HashSet<>();
    final ApiCounters counters = new ApiCounters();
    long nowNanos = 7;
    Decision decision = new Decision.Denied(DenyReason.SIGNATURE);
    final List<Applicant> applicants = new ArrayList<>();
    final ApiKeys keys = new ApiKeys(List.of());
    final CredentialApi api = new CredentialApi(
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

    final class Revocations implements ApiRevocations {
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

    ApiAnswer ask(
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

    ApiAnswer get(String path, Map<String, String> query, @Nullable String authorization) {
        return ask("GET", path, query, ApiBody.NONE, authorization, null);
    }

    ApiAnswer getFrom(String origin, boolean ofServer) {
        return ask("GET", OWN, Map.of(), ApiBody.NONE, BEARER, new ApiRequest.PageOrigin(origin, ofServer, false));
    }

    ApiAnswer post(String path, Map<String, String> fields, String authorization) {
        return ask("POST", path, Map.of(), ApiBody.ofForm(fields), authorization, null);
    }

    ApiAnswer delete(String username) {
        return ask("DELETE", OWN + "/" + username, Map.of(), ApiBody.NONE, BEARER, null);
    }

    static List<String> headers(ApiAnswer answer, String name) {
        return answer.headers().stream()
                .filter(header -> header.name().equals(name))
                .map(ApiAnswer.Header::value)
                .toList();
    }

    static JsonNode json(ApiAnswer answer) {
        return JsonMapper.shared().readTree(answer.body());
    }

    static String problemOf(ApiAnswer answer) {
        return answer.status() + " " + json(answer).get("error").stringValue();
    }

    void admit(Duration lifetime, Grant grant) {
        decision = new Decision.Admitted(
                new Identity(UserId.find("ann"), null, List.of(grant), Allowance.USUAL, lifetime));
    }
}
