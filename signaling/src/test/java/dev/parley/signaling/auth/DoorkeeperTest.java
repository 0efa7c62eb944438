package dev.parley.signaling.auth;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.ice.address.IpAddress;
import dev.parley.signaling.auth.Decision.Admitted;
import dev.parley.signaling.auth.Decision.Denied;
import dev.parley.signaling.core.AddressPrefix;
import dev.parley.signaling.core.Grant;
import dev.parley.signaling.core.Identity;
import dev.parley.signaling.core.Revocations;
import dev.parley.signaling.core.Role;
import dev.parley.signaling.core.RoomName;
import dev.parley.signaling.core.UserId;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The door as configured, without threads: workers and delays are what the test makes of them. */
class DoorkeeperTest {
    private static final IpAddress REMOTE = IpAddress.parse("203.0.113.7");
    private static final int PENDING = 3;
    private static final URI HOOK = URI.create("https://app.example/hook");

    private final Queue<Runnable> work = new ArrayDeque<>();
    private final List<Duration> delays = new ArrayList<>();
    private final List<Decision> decisions = new ArrayList<>();
    private final List<String> questions = new ArrayList<>();
    private WebAnswer answer = new WebAnswer(200, "{\"allow\":true}");
    private long nowNanos;

    private Revocations revocations = Revocations.NONE;

    private Doorkeeper door(boolean anonymous, boolean verifies, boolean asks) {
        TokenVerifier verifier = new TokenVerifier(
                List.of(new SharedSecrets(List.of(Tokens.SECRET))),
                new TokenRules(null, null, Duration.ZERO),
                () -> Tokens.NOW);
        AuthorisationHook hook = new AuthorisationHook(HOOK, Duration.ofSeconds(1), 4, this::call);
        return new Doorkeeper(
                anonymous,
                verifies ? verifier : null,
                asks ? hook : null,
                identity -> revocations.cover(identity),
                PENDING,
                new Failures(16, Duration.ofSeconds(25)),
                work::add,
                (delay, task) -> {
                    delays.add(delay);
                    task.run();
                },
                () -> nowNanos);
    }

    private WebAnswer call(URI uri, @Nullable String json, Duration timeout) throws IOException {
        questions.add(String.valueOf(json));
        if (answer.status() == 0) {
            throw new IOException("no answer");
        }
        return answer;
    }

    private static Applicant applicant(@Nullable String token) {
        return new Applicant(
                token == null ? null : new BearerToken(token), RoomName.find("garden"), REMOTE, "https://app.example");
    }

    private static String good() {
        return Tokens.hs256(Tokens.SECRET, Tokens.claims());
    }

    private Decision decide(Doorkeeper door, @Nullable String token) {
        door.decide(applicant(token), decisions::add);
        while (!work.isEmpty()) {
            work.remove().run();
        }
        return decisions.getLast();
    }

    private Identity admitted(Doorkeeper door, @Nullable String token) {
        Decision decision = decide(door, token);
        assertThat(decision).isInstanceOf(Admitted.class);
        return ((Admitted) decision).identity();
    }

    @Test
    void withoutATokenOneIsAnonymousOrNotLetIn() {
        assertThat(decide(door(true, true, false), null)).isEqualTo(new Admitted(Identity.ANONYMOUS));
        assertThat(decide(door(false, true, false), null)).isEqualTo(new Denied(DenyReason.NO_TOKEN));
        assertThat(decide(door(false, true, true), null)).isEqualTo(new Denied(DenyReason.NO_TOKEN));
        assertThat(questions).isEmpty();
    }

    @Test
    void badTokenIsNotMadeGoodByAnonymityBeingAllowed() {
        assertThat(decide(door(true, true, false), good() + "x")).isInstanceOf(Denied.class);
    }

    @Test
    void whoseUserIsRevokedIsNotLetInByTokenNorByHook() {
        Identity known = admitted(door(false, true, false), good());
        revocations = new Revocations(List.of(), Map.of(Objects.requireNonNull(known.user()), Long.MAX_VALUE));

        assertThat(decide(door(false, true, false), good())).isEqualTo(new Denied(DenyReason.REVOKED));
        assertThat(decide(door(false, true, true), good())).isInstanceOf(Denied.class);
    }

    @Test
    void nothingIsDecidedOnTheCallersThread() {
        door(false, true, true).decide(applicant(good()), decisions::add);

        assertThat(decisions).isEmpty();
        assertThat(questions).isEmpty();
        assertThat(work).hasSize(1);
    }

    @Test
    void pendingIsBoundedAtNAndNotAtNPlusOneAndFreedAgain() {
        Doorkeeper door = door(false, true, false);
        for (int i = 0; i < PENDING; i++) {
            door.decide(applicant(good()), decisions::add);
        }
        assertThat(decisions).isEmpty();
        door.decide(applicant(good()), decisions::add);
        assertThat(decisions).containsExactly(new Denied(DenyReason.BUSY));
        work.forEach(Runnable::run);
        work.clear();

        assertThat(admitted(door, good())).isNotNull();
    }

    @Test
    void hookHearsTokenRoomRemoteAndOrigin() {
        decide(door(true, false, true), "opaque");

        assertThat(questions)
                .containsExactly("{\"token\":\"opaque\",\"room\":\"garden\",\"remote\":\"203.0.113.7\","
                        + "\"origin\":\"https://app.example\"}");
    }

    @Test
    void hookThatOnlyAllowsAllowsTheRoomThatWasAskedFor() {
        assertThat(admitted(door(true, false, true), null).grants()).containsExactly(new Grant("garden", false, null));
    }

    @Test
    void hookMaySetUserRoomsRolesNameLimitsAndEnd() {
        answer = new WebAnswer(
                200,
                "{\"allow\":true,\"user\":\"u1\",\"name\":\"Ann\",\"role\":\"host\",\"rooms\":[\"a\",\"b-*\"],"
                        + "\"limits\":{\"rooms\":1},\"expiresInSeconds\":60,\"more\":[]}");

        Identity identity = admitted(door(true, false, true), "opaque");

        assertThat(identity.user()).isEqualTo(UserId.find("u1"));
        assertThat(identity.grants())
                .containsExactly(new Grant("a", false, Role.HOST), new Grant("b-", true, Role.HOST));
        assertThat(identity.allowance().rooms()).isEqualTo(1);
        assertThat(identity.lifetime()).isEqualTo(Duration.ofMinutes(1));
    }

    @Test
    void hookIsAskedAfterTheTokenWasVerifiedAndCannotMakeItAnotherUsersOrLonger() {
        answer = new WebAnswer(200, "{\"allow\":true,\"user\":\"eve\",\"expiresInSeconds\":1000000}");
        Doorkeeper door = door(true, true, true);

        assertThat(decide(door, good() + "x")).isInstanceOf(Denied.class);
        assertThat(questions).isEmpty();
        Identity identity = admitted(door, good());
        assertThat(questions.getFirst()).contains("\"user\":\"ann\"");
        assertThat(identity.user()).isEqualTo(UserId.find("ann"));
        assertThat(identity.lifetime()).isEqualTo(Duration.ofHours(1));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "no json",
                "[]",
                "null",
                "{}",
                "{\"allow\":\"true\"}",
                "{\"allow\":null}",
                "{\"allow\":true,\"role\":\"king\"}",
                "{\"allow\":true,\"rooms\":\"all\"}",
                "{\"allow\":true,\"expiresInSeconds\":0}",
                "{\"allow\":true,\"expiresInSeconds\":\"60\"}",
                "{\"allow\":true,\"deep\":[[[[[[[[[[[[]]]]]]]]]]]]}"
            })
    void hookWhoseAnswerIsNotAsAgreedLetsNobodyIn(String body) {
        answer = new WebAnswer(200, body);

        assertThat(decide(door(true, false, true), "t")).isEqualTo(new Denied(DenyReason.HOOK_FAILED));
    }

    @Test
    void hookThatFailsOrSaysNoLetsNobodyIn() {
        answer = new WebAnswer(500, "{\"allow\":true}");
        assertThat(decide(door(true, false, true), "t")).isEqualTo(new Denied(DenyReason.HOOK_FAILED));
        answer = new WebAnswer(0, "");
        assertThat(decide(door(true, false, true), "t")).isEqualTo(new Denied(DenyReason.HOOK_FAILED));
        answer = new WebAnswer(200, "{\"allow\":false}");
        assertThat(decide(door(true, false, true), "t")).isEqualTo(new Denied(DenyReason.HOOK_DENIED));
    }

    @Test
    void row28GuessingGrowsSlowWhileTheRightTokenStaysFast() {
        Doorkeeper door = door(false, true, false);
        for (int i = 0; i < Failures.FREE; i++) {
            decide(door, "a.b.c");
        }
        assertThat(delays).isEmpty();
        for (int i = 0; i < 10; i++) {
            decide(door, "a.b.c");
        }
        assertThat(delays.subList(0, 3))
                .containsExactly(Duration.ofMillis(200), Duration.ofMillis(400), Duration.ofMillis(800));
        assertThat(delays.getLast()).isEqualTo(Duration.ofSeconds(25));
        delays.clear();

        assertThat(admitted(door, good())).isNotNull();
        assertThat(delays).as("from the very same address").isEmpty();
    }

    @Test
    void row28FailuresAreForgottenAfterHalfAnHour() {
        Failures failures = new Failures(16, Duration.ofSeconds(25));
        AddressPrefix address = AddressPrefix.of(REMOTE);
        for (int i = 0; i < 10; i++) {
            failures.note(address, 0);
        }

        assertThat(failures.note(address, Failures.FORGET_NANOS - 1)).isPositive();
        assertThat(failures.note(address, 2 * Failures.FORGET_NANOS - 1)).isZero();
    }

    @Test
    void row30FailuresOfAMillionAddressesTakeABoundedTable() {
        Failures failures = new Failures(16, Duration.ofSeconds(25));
        for (int i = 0; i < 1_000_000; i++) {
            failures.note(AddressPrefix.of(IpAddress.ofIpv4(i)), i);
        }

        assertThat(failures.addresses()).isEqualTo(16);
    }

    @Test
    void logHasAFewLinesASecondWhateverComes() {
        DenialLog log = new DenialLog(() -> nowNanos);
        int lines = 0;
        for (int i = 0; i < 1000; i++) {
            lines += log.mayLog() ? 1 : 0;
        }
        nowNanos += TimeUnit.SECONDS.toNanos(1);

        assertThat(lines).isEqualTo(DenialLog.LINES_PER_SECOND);
        assertThat(log.mayLog()).isTrue();
    }
}
