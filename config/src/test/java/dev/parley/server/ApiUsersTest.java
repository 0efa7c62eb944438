package dev.parley.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.signaling.api.ApiKey;
import dev.parley.signaling.api.ApiKeyLine;
import dev.parley.signaling.api.ApiKeys;
import dev.parley.signaling.api.ApiName;
import dev.parley.signaling.core.RoomName;
import dev.parley.signaling.core.UserId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ApiUsersTest {
    private static final String ROOM = "A".repeat(22);
    private static final ApiName ANN = new ApiName("shop", "ann", null);

    private final List<String> ended = new ArrayList<>();
    private long nowNanos = 7;
    private final ApiKeys keys = new ApiKeys(keys("shop", "desk"));
    private final ApiUsers users = new ApiUsers(keys, true, 2, ended::add, () -> nowNanos);

    private static List<ApiKey> keys(String... ids) {
        return Stream.of(ids)
                .map(id -> ApiKeyLine.read(id + " sha256:" + ApiKey.hash(id)))
                .map(read -> ((ApiKeyLine.Result.Read) read).key())
                .toList();
    }

    @Test
    void revokedUserLosesAllocationsAndCredentialsInEveryRoom() {
        users.allocationOpened("api:shop:ann");
        users.allocationOpened("api:shop:ann:" + ROOM);
        users.allocationOpened("api:shop:ben");
        users.allocationOpened("api:desk:ann");

        assertThat(users.revoke(ANN, Duration.ofHours(1))).isTrue();
        assertThat(ended).containsExactlyInAnyOrder("api:shop:ann", "api:shop:ann:" + ROOM);
        assertThat(users.isRevoked("api:shop:ann:" + ROOM)).isTrue();
        assertThat(users.isRevoked("api:shop:ben")).isFalse();
        assertThat(users.isRevoked("api:desk:ann")).isFalse();
    }

    @Test
    void whoIsSentOutOfARoomLosesWhatATokenGotForThatRoomAlone() {
        UserId user = Objects.requireNonNull(UserId.find("ann@example"));
        ApiName here = ApiName.ofToken(user, Objects.requireNonNull(RoomName.find("garden")));
        ApiName there = ApiName.ofToken(user, Objects.requireNonNull(RoomName.find("kitchen")));
        users.allocationOpened(here.text());
        users.allocationOpened(there.text());

        users.sentOut(here, Duration.ofMinutes(30));
        assertThat(ended).containsExactly(here.text());
        assertThat(users.isRevoked(here.text())).isTrue();
        assertThat(users.isRevoked(there.text())).isFalse();
    }

    @Test
    void allocationsOfWhoIsSentOutEndThoughNoMoreCanBeRemembered() {
        users.revoke(ANN, Duration.ofHours(1));
        users.revoke(new ApiName("shop", "ben", null), Duration.ofHours(1));
        ApiName eve = new ApiName("", "eve", ROOM);
        users.allocationOpened(eve.text());

        users.sentOut(eve, Duration.ofMinutes(30));
        assertThat(ended).containsExactly(eve.text());
    }

    @Test
    void revocationIsRememberedUntilNoCredentialCanBeGoodAndNotLonger() {
        users.revoke(ANN, Duration.ofHours(1));
        nowNanos += Duration.ofHours(1).plusSeconds(1).toNanos() - 1;
        assertThat(users.isRevoked(ANN)).isTrue();
        nowNanos += 1;
        assertThat(users.isRevoked(ANN)).isFalse();
    }

    @Test
    void soManyAreRememberedAndNotOneMoreUntilSomeLapse() {
        assertThat(users.revoke(ANN, Duration.ofHours(1))).isTrue();
        assertThat(users.revoke(new ApiName("shop", "ben", null), Duration.ofHours(2)))
                .isTrue();
        ApiName eve = new ApiName("shop", "eve", null);
        assertThat(users.revoke(eve, Duration.ofHours(1))).isFalse();
        assertThat(users.isRevoked(eve)).isFalse();
        assertThat(users.revoke(ANN, Duration.ofHours(1))).isTrue();
        nowNanos += Duration.ofHours(1).plusSeconds(1).toNanos();
        assertThat(users.revoke(eve, Duration.ofHours(1))).isTrue();
    }

    @Test
    void keyThatIsGoneTakesItsUsersAlong() {
        users.allocationOpened("api:shop:ann");
        users.allocationOpened("api:desk:ben");
        assertThat(users.keysAre(keys("desk", "new"))).containsExactly("shop");

        assertThat(ended).containsExactly("api:shop:ann");
        assertThat(users.isRevoked("api:shop:ann")).isTrue();
        assertThat(users.isRevoked("api:desk:ben")).isFalse();
        assertThat(users.isRevoked("api:new:eve")).isFalse();
    }

    @Test
    void allocationThatWasUnderWayWhenTheRightWasLostEndsToo() {
        users.revoke(ANN, Duration.ofHours(1));
        users.allocationOpened("api:shop:ann");
        assertThat(ended).containsExactly("api:shop:ann");
    }

    @Test
    void othersAreNoneOfItsBusinessAndImpostorsHaveNoRight() {
        assertThat(users.isRevoked("bench")).isFalse();
        assertThat(users.isRevoked("api:")).isTrue();
        assertThat(users.isRevoked("api:nobody:ann")).isTrue();
        assertThat(users.isRevoked("api::" + ROOM + ":" + ROOM)).isFalse();
        assertThat(new ApiUsers(keys, false, 2, ended::add, () -> nowNanos).isRevoked("api::" + ROOM))
                .isTrue();
    }

    @Test
    void nothingIsKeptOfEndedAllocations() {
        users.allocationOpened("api:shop:ann");
        users.allocationOpened("api:shop:ann");
        users.allocationOpened("bench");
        assertThat(users.live()).isOne();
        users.allocationEnded("api:shop:ann");
        users.allocationEnded("bench");
        assertThat(users.live()).isOne();
        users.allocationEnded("api:shop:ann");
        assertThat(users.live()).isZero();
    }
}
