package dev.parley.signaling.auth;

import dev.parley.signaling.auth.Decision.Admitted;
import dev.parley.signaling.auth.Decision.Denied;
import dev.parley.signaling.core.Grant;
import dev.parley.signaling.core.Identity;
import dev.parley.signaling.core.Role;
import dev.parley.signaling.core.RoomName;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/**
 * Asks the operator's own service whether somebody may come in. Whatever goes wrong, the answer is no. Blocks; any
 * number of threads, of which only so many ask at once.
 */
final class AuthorisationHook {
    private static final int OK = 200;
    private static final int MAX_DEPTH = 8;
    private static final TypeReference<Map<String, Object>> OBJECT = new TypeReference<>() {};

    private final URI uri;
    private final Duration timeout;
    private final Semaphore asking;
    private final WebCalls calls;
    private final JsonMapper json = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(MAX_DEPTH)
                            .build())
                    .build())
            .build();

    /**
     * @param timeout of one question, waiting for a turn included
     * @param concurrency how many may be asked at once
     */
    AuthorisationHook(URI uri, Duration timeout, int concurrency, WebCalls calls) {
        this.uri = uri;
        this.timeout = timeout;
        this.asking = new Semaphore(concurrency, true);
        this.calls = calls;
    }

    /**
     * The last word.
     *
     * @param verified who the token says it is; null if there is no token, or nobody but the hook understands it
     */
    Decision ask(Applicant applicant, @Nullable Identity verified) {
        try {
            if (!asking.tryAcquire(timeout.toNanos(), TimeUnit.NANOSECONDS)) {
                return new Denied(DenyReason.HOOK_FAILED);
            }
            try {
                return read(calls.call(uri, question(applicant, verified), timeout), applicant, verified);
            } finally {
                asking.release();
            }
        } catch (IOException | JacksonException failed) {
            return new Denied(DenyReason.HOOK_FAILED);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            return new Denied(DenyReason.HOOK_FAILED);
        }
    }

    private String question(Applicant applicant, @Nullable Identity verified) {
        Map<String, String> question = new LinkedHashMap<>();
        BearerToken token = applicant.token();
        RoomName room = applicant.room();
        if (token != null) {
            question.put("token", token.text());
        }
        if (verified != null && verified.user() != null) {
            question.put("user", verified.user().value());
        }
        if (room != null) {
            question.put("room", room.value());
        }
        question.put("remote", applicant.remote().toString());
        if (applicant.origin() != null) {
            question.put("origin", applicant.origin());
        }
        return json.writeValueAsString(question);
    }

    private Decision read(WebAnswer answer, Applicant applicant, @Nullable Identity verified) {
        if (answer.status() != OK) {
            return new Denied(DenyReason.HOOK_FAILED);
        }
        @Nullable Map<String, Object> claims = json.readValue(answer.body(), OBJECT);
        if (claims == null || !(claims.get("allow") instanceof Boolean allow)) {
            return new Denied(DenyReason.HOOK_FAILED);
        }
        if (!allow) {
            return new Denied(DenyReason.HOOK_DENIED);
        }
        Lifetime lifetime = lifetime(claims.get("expiresInSeconds"), verified);
        Identity told = IdentityReader.find(claims, "user", lifetime.value());
        if (told == null || !lifetime.readable()) {
            return new Denied(DenyReason.HOOK_FAILED);
        }
        return new Admitted(together(told, claims, applicant, verified));
    }

    private record Lifetime(@Nullable Duration value, boolean readable) {}

    /** The earlier end counts. */
    private static Lifetime lifetime(@Nullable Object seconds, @Nullable Identity verified) {
        Duration ofToken = verified == null ? null : verified.lifetime();
        if (seconds == null) {
            return new Lifetime(ofToken, true);
        }
        if (!(seconds instanceof Integer number) || number <= 0) {
            return new Lifetime(null, false);
        }
        Duration told = Duration.ofSeconds(number);
        return new Lifetime(ofToken != null && ofToken.compareTo(told) < 0 ? ofToken : told, true);
    }

    /** What the hook says counts before what the token says; the user of a verified token is nobody else. */
    private static Identity together(
            Identity told, Map<String, Object> claims, Applicant applicant, @Nullable Identity verified) {
        boolean namesRooms = IdentityReader.namesRooms(claims);
        List<Grant> grants = namesRooms ? told.grants() : asked(claims, applicant, verified);
        if (verified == null) {
            return new Identity(told.user(), told.name(), grants, told.allowance(), told.lifetime());
        }
        return new Identity(
                verified.user() == null ? told.user() : verified.user(),
                told.name() == null ? verified.name() : told.name(),
                grants,
                claims.get("limits") == null ? verified.allowance() : told.allowance(),
                told.lifetime());
    }

    /** Without rooms in the answer, it was about the room in the question, and no other. */
    private static List<Grant> asked(Map<String, Object> claims, Applicant applicant, @Nullable Identity verified) {
        RoomName room = applicant.room();
        if (room == null) {
            return List.of();
        }
        Grant ofToken = verified == null ? Grant.EVERYWHERE : verified.findGrant(room);
        if (ofToken == null) {
            return List.of();
        }
        Role role = IdentityReader.role(claims);
        return List.of(new Grant(room.value(), false, role == null ? ofToken.role() : role));
    }
}
