package dev.parley.signaling.auth;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.ice.credential.Secret;
import dev.parley.ice.credential.TimeLimitedCredentials;
import dev.parley.ice.credential.VerifiedUsername;
import dev.parley.signaling.core.SessionId;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.Test;

class IceServerListTest {
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
    private static final Secret SECRET = Secret.ofText("0123456789abcdef0123456789abcdef");
    private static final TimeLimitedCredentials CREDENTIALS =
            new TimeLimitedCredentials(List.of(SECRET), InstantSource.fixed(NOW));
    private static final List<String> STUN = List.of("stun:192.0.2.7:3478");
    private static final List<String> TURN = List.of("turn:192.0.2.7:3478", "turn:192.0.2.7:3478?transport=tcp");

    @Test
    void everySessionGetsACredentialOfItsOwn() {
        IceServers servers = new IceServerList(STUN, TURN, CREDENTIALS, Duration.ofMinutes(10), RelayScope.ROOM);
        List<IceServer> list = servers.forMember(new SessionId("ann"));

        assertThat(list).hasSize(2);
        assertThat(list.getFirst()).isEqualTo(new IceServer(STUN, null, null));
        IceServer turn = list.getLast();
        assertThat(turn.urls()).isEqualTo(TURN);
        assertThat(turn.username()).isEqualTo(NOW.plusSeconds(600).getEpochSecond() + ":member:ann");
        assertThat(CREDENTIALS.verify(String.valueOf(turn.username())))
                .isInstanceOfSatisfying(VerifiedUsername.Valid.class, valid -> {
                    assertThat(valid.name()).isEqualTo("member:ann");
                    assertThat(valid.expiry()).isEqualTo(NOW.plusSeconds(600));
                    assertThat(valid.passwords()).contains(String.valueOf(turn.credential()));
                });
        assertThat(servers.forMember(new SessionId("bob")).getLast().credential())
                .isNotEqualTo(turn.credential());
    }

    @Test
    void withoutAddressesThereAreNoServers() {
        assertThat(new IceServerList(List.of(), List.of(), CREDENTIALS, Duration.ofHours(1), RelayScope.PUBLIC)
                        .forMember(new SessionId("ann")))
                .isEmpty();
    }
}
