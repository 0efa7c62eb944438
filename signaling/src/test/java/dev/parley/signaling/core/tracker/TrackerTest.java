package dev.parley.signaling.core.tracker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.signaling.core.HubLimit;
import dev.parley.signaling.core.HubLimits;
import dev.parley.signaling.core.dropin.DropInFixture;
import dev.parley.signaling.core.dropin.LineId;
import dev.parley.signaling.dialect.TrackerDialect;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TrackerTest {
    private static final String HASH = "hhhhhhhhhhhhhhhhhhh\u00FF";
    private static final String OTHER = "oooooooooooooooooooo";

    private Tracker tracker = tracker(HubLimits.defaults());
    private DropInFixture<TrackerMessage, TrackerAnswer> wire = wired(HubLimits.defaults());

    private static Tracker tracker(HubLimits limits) {
        return new Tracker(limits, new java.util.Random(1));
    }

    private DropInFixture<TrackerMessage, TrackerAnswer> wired(HubLimits limits) {
        return new DropInFixture<>(limits, tracker, new TrackerDialect(limits));
    }

    private void with(HubLimit limit, int value) {
        HubLimits limits = HubLimits.defaults().with(limit, value);
        tracker = tracker(limits);
        wire = wired(limits);
    }

    private static String peer(int number) {
        return "peer" + String.format("%016d", number);
    }

    private static String announce(String hash, int peer, String more) {
        return "{\"action\":\"announce\",\"info_hash\":\"" + hash + "\",\"peer_id\":\"" + peer(peer) + "\"" + more
                + "}";
    }

    private static String offers(int count) {
        StringBuilder list = new StringBuilder(",\"offers\":[");
        for (int i = 1; i <= count; i++) {
            list.append(i == 1 ? "" : ",")
                    .append("{\"offer\":{\"type\":\"offer\",\"sdp\":\"s")
                    .append(i)
                    .append("\"},\"offer_id\":\"o")
                    .append(i)
                    .append("\"}");
        }
        return list.append("]").toString();
    }

    private static String announced(int line, int complete, int incomplete) {
        return line + " < {\"complete\":" + complete + ",\"incomplete\":" + incomplete
                + ",\"action\":\"announce\",\"interval\":120,\"info_hash\":\"" + HASH + "\"}";
    }

    private LineId joined(int number) {
        LineId line = wire.connect();
        wire.say(line, announce(HASH, number, ""));
        return line;
    }

    @Test
    void anAnnounceIsAnsweredWithCountsAndInterval() {
        assertThat(wire.say(wire.connect(), announce(HASH, 1, ",\"event\":\"started\",\"left\":5")))
                .containsExactly(announced(1, 0, 1));
        assertThat(wire.say(wire.connect(), announce(HASH, 2, ",\"event\":\"started\",\"left\":0")))
                .containsExactly(announced(2, 1, 1));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"0|1", "null|1", "'\"0\"'|1", "1|0", "'\"x\"'|0", "true|0"})
    void leftOfZeroOrNullMakesASeeder(String left, int seeders) {
        assertThat(wire.say(wire.connect(), announce(HASH, 1, ",\"left\":" + left)))
                .containsExactly(announced(1, seeders, 1 - seeders));
    }

    @Test
    void trysteroWithoutEventAndLeftJoinsAsLeecher() {
        assertThat(wire.say(wire.connect(), announce(HASH, 1, ",\"numwant\":3")))
                .containsExactly(announced(1, 0, 1));
    }

    @Test
    void completedAndStoppedChangeTheCounts() {
        LineId line = joined(1);
        assertThat(wire.say(line, announce(HASH, 1, ",\"event\":\"completed\"")))
                .containsExactly(announced(1, 1, 0));
        assertThat(wire.say(line, announce(HASH, 1, ",\"event\":\"paused\""))).containsExactly(announced(1, 1, 0));
        assertThat(wire.say(line, announce(HASH, 1, ",\"event\":\"stopped\""))).containsExactly(announced(1, 0, 0));
        assertThat(tracker.places().swarmCount()).isZero();
    }

    @Test
    void everyOfferGoesToAnotherPeerAndNoneToTheSender() {
        LineId line = joined(1);
        joined(2);
        joined(3);
        List<String> said = wire.say(line, announce(HASH, 1, offers(5)));
        assertThat(said).hasSize(3).first().isEqualTo(announced(1, 0, 3));
        assertThat(said.subList(1, 3)).map(text -> text.charAt(0)).containsExactlyInAnyOrder('2', '3');
        assertThat(said.get(1))
                .endsWith(" < {\"action\":\"announce\",\"offer\":{\"type\":\"offer\",\"sdp\":\"s1\"},"
                        + "\"offer_id\":\"o1\",\"peer_id\":\"" + peer(1) + "\",\"info_hash\":\"" + HASH + "\"}");
        assertThat(said.get(2)).contains("\"offer_id\":\"o2\"");
    }

    @Test
    void anAnswerGoesToWhomItNamesAndGetsNoReply() {
        joined(1);
        LineId bob = joined(2);
        String answer = ",\"answer\":{\"type\":\"answer\",\"sdp\":\"a\"},\"offer_id\":\"o1\",\"to_peer_id\":\"";
        assertThat(wire.say(bob, announce(HASH, 2, answer + peer(1) + "\"")))
                .containsExactly("1 < {\"action\":\"announce\",\"answer\":{\"type\":\"answer\",\"sdp\":\"a\"},"
                        + "\"offer_id\":\"o1\",\"peer_id\":\"" + peer(2) + "\",\"info_hash\":\"" + HASH + "\"}");
        assertThat(wire.say(bob, announce(HASH, 2, answer + peer(9) + "\""))).isEmpty();
    }

    @Test
    void oneConnectionCarriesManySwarmsWhichDoNotMix() {
        LineId line = joined(1);
        joined(2);
        wire.say(line, announce(OTHER, 1, ""));
        assertThat(wire.say(line, announce(OTHER, 1, offers(5)))).hasSize(1);
        assertThat(tracker.places().swarmCount()).isEqualTo(2);
    }

    @Test
    void aScrapeTellsOfTheSwarmsItNames() {
        LineId line = joined(1);
        assertThat(wire.say(line, "{\"action\":\"scrape\",\"info_hash\":[\"" + HASH + "\",\"" + OTHER + "\"]}"))
                .containsExactly("1 < {\"action\":\"scrape\",\"files\":{\"" + HASH
                        + "\":{\"complete\":0,\"incomplete\":1,\"downloaded\":0},\"" + OTHER
                        + "\":{\"complete\":0,\"incomplete\":0,\"downloaded\":0}},"
                        + "\"flags\":{\"min_request_interval\":600}}");
        assertThat(wire.say(line, "{\"action\":\"scrape\",\"info_hash\":\"" + OTHER + "\"}"))
                .hasSize(1)
                .first()
                .asString()
                .doesNotContain(HASH);
        assertThat(wire.say(line, "{\"action\":\"scrape\"}"))
                .as("nobody learns of swarms it does not name")
                .first()
                .asString()
                .contains("\"files\":{}");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{|invalid JSON",
                "null|invalid JSON",
                "{\"action\":\"x\"}|invalid action in WS request",
                "{}|invalid action in WS request",
                "{\"action\":\"announce\"}|invalid info_hash",
                "{\"action\":\"announce\",\"info_hash\":\"short\"}|invalid info_hash",
                "{\"action\":\"announce\",\"info_hash\":\"hhhhhhhhhhhhhhhhhhh\u0100\"}|invalid info_hash",
                "{\"action\":\"announce\",\"info_hash\":\"oooooooooooooooooooo\",\"peer_id\":7}|invalid peer_id",
                "{\"action\":\"scrape\",\"info_hash\":[7]}|invalid info_hash"
            })
    void whatIsNotUnderstoodIsAFailureWithoutAction(String text, String reason) {
        assertThat(wire.say(wire.connect(), text)).containsExactly("1 < {\"failure reason\":\"" + reason + "\"}");
    }

    @Test
    void anAnswerToNobodyIsAFailure() {
        assertThat(wire.say(wire.connect(), announce(HASH, 1, ",\"answer\":{}")))
                .containsExactly("1 < {\"failure reason\":\"invalid `to_peer_id` (required with `answer`)\"}");
    }

    @Test
    void anUnknownEventIsAFailureOfTheAnnounce() {
        assertThat(wire.say(wire.connect(), announce(HASH, 1, ",\"event\":\"gone\"")))
                .containsExactly("1 < {\"action\":\"announce\",\"failure reason\":\"invalid event\",\"info_hash\":\""
                        + HASH + "\"}");
        assertThat(tracker.places().swarmCount()).isZero();
    }

    @Test
    void aPeerIdCanBeTakenAlongToAnotherConnectionOfItsAddressOnly() {
        LineId old = joined(1);
        LineId thief = wire.connect(DropInFixture.ELSEWHERE);
        assertThat(wire.say(thief, announce(HASH, 1, "")))
                .first()
                .asString()
                .contains("\"failure reason\":\"peer_id is in use\"");
        LineId next = wire.connect();
        assertThat(wire.say(next, announce(HASH, 1, ""))).containsExactly(announced(3, 0, 1));
        wire.close(old);
        LineId other = joined(2);
        assertThat(wire.say(other, announce(HASH, 2, offers(1))))
                .hasSize(2)
                .last()
                .asString()
                .startsWith("3 < ");
    }

    @Test
    void aFullSwarmLetsTheOneGoThatWasSilentLongest() {
        with(HubLimit.TRACKER_SWARM_PEERS, 2);
        LineId one = joined(1);
        LineId two = joined(2);
        wire.say(one, announce(HASH, 1, ""));
        LineId three = joined(3);
        List<String> said = wire.say(three, announce(HASH, 3, offers(5)));
        assertThat(said).hasSize(2).last().asString().startsWith("1 < ");
        wire.close(two);
        assertThat(wire.say(three, announce(HASH, 3, ""))).containsExactly(announced(3, 0, 2));
    }

    @Test
    void aPeerThatDoesNotAnnounceAnyMoreGoesAtTheEndOfItsTime() {
        LineId one = joined(1);
        for (int second = 0; second < 1200; second += 20) {
            assertThat(tracker.places().swarmCount()).isEqualTo(1);
            wire.after(20, TimeUnit.SECONDS);
            wire.heard(one);
        }
        assertThat(tracker.places().swarmCount()).isZero();
        assertThat(tracker.places().lineCount()).isZero();
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 3})
    void aConnectionHasSoManyPlaces(int peers) {
        with(HubLimit.TRACKER_PER_CONNECTION, 2);
        LineId line = wire.connect();
        for (int i = 1; i <= peers; i++) {
            wire.say(line, announce(HASH, i, ""));
        }
        assertThat(wire.refusals()).hasSize(peers - 2);
        assertThat(wire.say(line, announce(HASH, 1, ""))).containsExactly(announced(1, 0, 2));
    }

    @Test
    void thereAreSoManySwarms() {
        with(HubLimit.TRACKER_SWARMS, 1);
        LineId line = joined(1);
        assertThat(wire.say(line, announce(OTHER, 1, "")))
                .first()
                .asString()
                .contains("\"failure reason\":\"too many swarms\"");
        assertThat(wire.say(wire.connect(), announce(HASH, 2, ""))).containsExactly(announced(2, 0, 2));
    }

    @Test
    void soManyOffersOfOneAnnounceArePassedOn() {
        with(HubLimit.TRACKER_OFFERS, 2);
        LineId line = joined(1);
        joined(2);
        joined(3);
        joined(4);
        assertThat(wire.say(line, announce(HASH, 1, offers(2)))).hasSize(3);
        assertThat(wire.refusals()).isEmpty();
        assertThat(wire.say(line, announce(HASH, 1, offers(3)))).hasSize(3);
        assertThat(wire.refusals()).containsExactly("too-many-items");
    }

    @Test
    void aScrapeTellsOfSoManySwarms() {
        with(HubLimit.TRACKER_SCRAPE, 1);
        assertThat(wire.say(
                        wire.connect(), "{\"action\":\"scrape\",\"info_hash\":[\"" + OTHER + "\",\"" + HASH + "\"]}"))
                .first()
                .asString()
                .contains(OTHER)
                .doesNotContain(HASH);
    }

    @Test
    void aClosedConnectionLeavesAllItsSwarms() {
        LineId line = joined(1);
        wire.say(line, announce(OTHER, 1, ""));
        wire.close(line);
        assertThat(wire.isIdle()).isTrue();
        assertThat(tracker.places().swarmCount()).isZero();
        assertThat(tracker.places().lineCount()).isZero();
    }
}
