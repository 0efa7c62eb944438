package dev.parley.signaling.core.dropin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.signaling.core.Allowance;
import dev.parley.signaling.core.Grant;
import dev.parley.signaling.core.HubLimits;
import dev.parley.signaling.core.Identity;
import dev.parley.signaling.core.Revocations;
import dev.parley.signaling.core.TokenMark;
import dev.parley.signaling.core.peerjs.PeerJsAnswer;
import dev.parley.signaling.core.peerjs.PeerJsMessage;
import dev.parley.signaling.core.peerjs.PeerJsRules;
import dev.parley.signaling.core.peerjs.PeerJsServer;
import dev.parley.signaling.core.topics.TopicServer;
import dev.parley.signaling.core.tracker.Tracker;
import dev.parley.signaling.dialect.PeerJsDialect;
import dev.parley.signaling.dialect.TopicDialect;
import dev.parley.signaling.dialect.TrackerDialect;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** What a token gives at the drop-in endpoints: names, a rate and a time. */
class DropInIdentityTest {
    private static final HubLimits LIMITS = HubLimits.defaults();

    private static Identity of(Grant grant, int messagesPerSecond, Duration lifetime) {
        return new Identity(null, null, List.of(grant), new Allowance(0, messagesPerSecond), lifetime);
    }

    private static Identity team(boolean prefix) {
        return of(new Grant("team", prefix, null), 0, Duration.ofMinutes(1));
    }

    private static DropInFixture<?, ?> topics() {
        return new DropInFixture<>(LIMITS, new TopicServer(LIMITS), new TopicDialect(LIMITS));
    }

    private static DropInFixture<PeerJsMessage, PeerJsAnswer> peers() {
        return new DropInFixture<>(LIMITS, new PeerJsServer(LIMITS, PeerJsRules.STOCK), new PeerJsDialect(LIMITS));
    }

    @Test
    void topicsAreThoseOfTheToken() {
        var topics = topics();
        LineId ann = topics.connect(team(true));
        LineId bob = topics.connect();
        topics.say(bob, "{\"type\":\"subscribe\",\"topics\":[\"team1\",\"other\"]}");

        topics.say(ann, "{\"type\":\"subscribe\",\"topics\":[\"team1\",\"other\"]}");
        assertThat(topics.refusals()).containsExactly("not-granted");
        assertThat(topics.say(ann, "{\"type\":\"publish\",\"topic\":\"other\"}"))
                .isEmpty();
        assertThat(topics.refusals()).containsExactly("not-granted");
        assertThat(topics.say(bob, "{\"type\":\"publish\",\"topic\":\"other\"}"))
                .hasSize(1);
        assertThat(topics.say(ann, "{\"type\":\"publish\",\"topic\":\"team1\"}"))
                .hasSize(2);
    }

    @Test
    void nameThatNoRoomCanHaveNeedsATokenForAll() {
        var topics = topics();
        String subscribe = "{\"type\":\"subscribe\",\"topics\":[\"team\\u0007\"]}";

        topics.say(topics.connect(team(true)), subscribe);
        assertThat(topics.refusals()).containsExactly("not-granted");
        topics.say(topics.connect(of(Grant.EVERYWHERE, 0, Duration.ofMinutes(1))), subscribe);
        assertThat(topics.refusals()).isEmpty();
    }

    @Test
    void peerTakesAndReachesTheIdsOfItsTokenAlone() {
        var peers = peers();
        LineId eve = peers.connect(team(true));
        assertThat(peers.say(eve, new PeerJsMessage.Register("peerjs", "other", "t"))
                        .toString())
                .contains("Invalid token provided", "1 close peer-refused");
        LineId ann = peers.connect(team(true));
        peers.say(ann, new PeerJsMessage.Register("peerjs", "team-ann", "t"));
        LineId bob = peers.connect();
        peers.say(bob, new PeerJsMessage.Register("peerjs", "bob", "t"));

        assertThat(peers.say(ann, "{\"type\":\"OFFER\",\"dst\":\"bob\"}").toString())
                .contains("EXPIRE")
                .doesNotContain("3 <");
        assertThat(peers.refusals()).contains("not-granted");
    }

    @Test
    void swarmsAreNamedByTheirDigitsOrAsTheyAre() {
        String hash = "h".repeat(20);
        String announce =
                "{\"action\":\"announce\",\"info_hash\":\"" + hash + "\",\"peer_id\":\"" + "p".repeat(20) + "\"}";
        for (Grant grant : List.of(new Grant("68".repeat(20), false, null), new Grant(hash, false, null))) {
            var tracker = new DropInFixture<>(LIMITS, new Tracker(LIMITS, new Random(1)), new TrackerDialect(LIMITS));
            assertThat(tracker.say(tracker.connect(of(grant, 0, Duration.ofMinutes(1))), announce)
                            .toString())
                    .contains("interval");
            assertThat(tracker.say(tracker.connect(team(true)), announce).toString())
                    .contains("failure reason");
            assertThat(tracker.say(
                                    tracker.connect(team(true)),
                                    "{\"action\":\"scrape\",\"info_hash\":\"" + hash + "\"}")
                            .toString())
                    .contains("\"incomplete\":0");
        }
    }

    @Test
    void connectionEndsWithItsTokenAndNotOneTickEarlier() {
        var peers = peers();
        LineId ann = peers.connect(of(Grant.EVERYWHERE, 0, Duration.ofSeconds(20)));
        peers.say(ann, new PeerJsMessage.Register("peerjs", "ann", "t"));

        assertThat(peers.after(TimeUnit.SECONDS.toNanos(20) - 1, TimeUnit.NANOSECONDS))
                .isEmpty();
        assertThat(peers.after(1, TimeUnit.NANOSECONDS)).containsExactly("1 close token-expired");
        peers.close(ann);
        assertThat(peers.isIdle()).isTrue();
    }

    @Test
    void rateOfTheTokenCounts() {
        var topics = topics();
        LineId ann = topics.connect(of(Grant.EVERYWHERE, 1, Duration.ofHours(1)));
        while (topics.refusals().isEmpty()) {
            topics.say(ann, "{\"type\":\"ping\"}");
        }
        topics.after(1, TimeUnit.SECONDS);

        assertThat(topics.say(ann, "{\"type\":\"ping\"}")).hasSize(1);
        assertThat(topics.say(ann, "{\"type\":\"ping\"}")).isEmpty();
    }

    @Test
    void whoseTokenIsRevokedIsClosed() {
        var topics = topics();
        topics.connect(of(Grant.EVERYWHERE, 0, Duration.ofHours(1)).markedBy(new TokenMark("t1", 1)));
        topics.connect(of(Grant.EVERYWHERE, 0, Duration.ofHours(1)).markedBy(new TokenMark("t2", 1)));

        assertThat(topics.revoke(new Revocations(List.of("t2"), Map.of()))).containsExactly("2 close denied");
    }
}
