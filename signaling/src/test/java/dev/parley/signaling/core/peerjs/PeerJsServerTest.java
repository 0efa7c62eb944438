package dev.parley.signaling.core.peerjs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.signaling.core.HubLimit;
import dev.parley.signaling.core.HubLimits;
import dev.parley.signaling.core.dropin.DropInFixture;
import dev.parley.signaling.core.dropin.LineId;
import dev.parley.signaling.dialect.PeerJsDialect;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The rows of the stock server's behaviour, and where this one is safer. */
class PeerJsServerTest {
    private PeerJsServer server = new PeerJsServer(HubLimits.defaults(), PeerJsRules.STOCK);
    private DropInFixture<PeerJsMessage, PeerJsAnswer> wire = wired(HubLimits.defaults());

    private DropInFixture<PeerJsMessage, PeerJsAnswer> wired(HubLimits limits) {
        return new DropInFixture<>(limits, server, new PeerJsDialect(limits));
    }

    private void with(PeerJsRules rules) {
        server = new PeerJsServer(HubLimits.defaults(), rules);
        wire = wired(HubLimits.defaults());
    }

    private void with(HubLimit limit, int value) {
        HubLimits limits = HubLimits.defaults().with(limit, value);
        server = new PeerJsServer(limits, PeerJsRules.STOCK);
        wire = wired(limits);
    }

    private List<String> register(LineId line, String id, String token) {
        return wire.say(line, new PeerJsMessage.Register("peerjs", id, token));
    }

    private LineId open(String id) {
        LineId line = wire.connect();
        assertThat(register(line, id, "token-" + id)).contains(line.number() + " < {\"type\":\"OPEN\"}");
        return line;
    }

    private static String offer(String to) {
        return "{\"type\":\"OFFER\",\"dst\":\"" + to + "\",\"payload\":{\"n\":1}}";
    }

    private static String error(long line, String text) {
        return line + " < {\"type\":\"ERROR\",\"payload\":{\"msg\":\"" + text + "\"}}";
    }

    @Test
    void aNewIdIsOpened() {
        assertThat(register(wire.connect(), "ann", "t")).containsExactly("1 < {\"type\":\"OPEN\"}");
    }

    @ParameterizedTest
    @CsvSource({"'',ann,t", "peerjs,'',t", "peerjs,ann,''"})
    void whoOmitsKeyIdOrTokenIsToldAndClosedWithoutStatus(String key, String id, String token) {
        assertThat(wire.say(wire.connect(), new PeerJsMessage.Register(key, id, token)))
                .containsExactly(error(1, "No id, token, or key supplied to websocket server"), "1 close peer-refused");
    }

    @Test
    void anotherKeyIsInvalidUnlessAnyKeyWillDo() {
        var request = new PeerJsMessage.Register("null", "ann", "t");
        assertThat(wire.say(wire.connect(), request))
                .containsExactly(error(1, "Invalid key provided"), "1 close peer-refused");

        with(new PeerJsRules("peerjs", true, false, false));
        assertThat(wire.say(wire.connect(), request)).containsExactly("1 < {\"type\":\"OPEN\"}");
    }

    @Test
    void oneMoreThanTheLimitOfPeersIsRefused() {
        with(HubLimit.PEERJS_PEERS, 2);
        open("ann");
        open("bob");
        assertThat(register(wire.connect(), "eve", "t"))
                .containsExactly(error(3, "Server has reached its concurrent user limit"), "3 close peer-refused");
    }

    @Test
    void anIdInUseIsTakenForAnotherToken() {
        open("ann");
        assertThat(register(wire.connect(), "ann", "other"))
                .containsExactly(
                        "2 < {\"type\":\"ID-TAKEN\",\"payload\":{\"msg\":\"ID is taken\"}}", "2 close peer-refused");
        assertThat(wire.refusals()).containsExactly("id-taken");
    }

    @Test
    void theSameTokenTakesTheIdOverAndIsOpenedAndTheOldConnectionIsClosed() {
        LineId old = open("ann");
        LineId bob = open("bob");
        LineId next = wire.connect();
        assertThat(register(next, "ann", "token-ann")).containsExactly("1 close replaced", "3 < {\"type\":\"OPEN\"}");
        assertThat(wire.say(old, offer("bob"))).isEmpty();
        assertThat(wire.close(old)).isEmpty();
        assertThat(wire.say(bob, offer("ann"))).hasSize(1).first().asString().startsWith("3 < ");
    }

    @ParameterizedTest
    @ValueSource(ints = {128, 129})
    void anIdHasAtMostSoManyCharacters(int length) {
        List<String> said = register(wire.connect(), "x".repeat(length), "t");
        assertThat(said).first().asString().contains(length <= 128 ? "OPEN" : "Invalid id provided");
    }

    @ParameterizedTest
    @CsvSource({"ann,true", "ann-2_b c,true", "ann--2,false", "-ann,false", "ann!,false", "'ann ',false"})
    void strictIdsAreThoseTheClientAccepts(String id, boolean admitted) {
        with(new PeerJsRules("peerjs", false, true, false));
        assertThat(register(wire.connect(), id, "t").getFirst().contains("OPEN"))
                .isEqualTo(admitted);
    }

    @ParameterizedTest
    @ValueSource(strings = {"OFFER", "ANSWER", "CANDIDATE", "LEAVE", "EXPIRE"})
    void relayedFramesHaveFourFieldsAndTheSenderIsStamped(String type) {
        LineId ann = open("ann");
        open("bob");
        assertThat(wire.say(
                        ann,
                        "{\"extra\":1,\"src\":\"eve\",\"payload\":{\"a\": [1, null]},\"dst\":\"bob\",\"type\":\"" + type
                                + "\"}"))
                .containsExactly("2 < {\"type\":\"" + type
                        + "\",\"src\":\"ann\",\"dst\":\"bob\",\"payload\":{\"a\": [1, null]}}");
    }

    @Test
    void anAbsentPayloadStaysAbsentAndNullStaysNull() {
        LineId ann = open("ann");
        assertThat(wire.say(ann, "{\"type\":\"LEAVE\",\"dst\":\"ann\"}"))
                .containsExactly("1 < {\"type\":\"LEAVE\",\"src\":\"ann\",\"dst\":\"ann\"}");
        assertThat(wire.say(ann, "{\"type\":\"LEAVE\",\"dst\":\"ann\",\"payload\":null}"))
                .containsExactly("1 < {\"type\":\"LEAVE\",\"src\":\"ann\",\"dst\":\"ann\",\"payload\":null}");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"type\":\"OFFER\"}",
                "{\"type\":\"OFFER\",\"dst\":\"\"}",
                "{\"type\":\"OFFER\",\"dst\":7}",
                "{\"type\":\"OPEN\",\"dst\":\"ann\"}",
                "{\"type\":\"ID-TAKEN\",\"dst\":\"ann\"}",
                "{\"type\":\"ERROR\",\"dst\":\"ann\"}",
                "{\"type\":\"offer\",\"dst\":\"ann\"}",
                "{\"type\":null,\"dst\":\"ann\"}",
                "{}",
                "null",
                "[]",
                "7",
                "",
                "{\"type\":\"OFFER\",\"dst\":",
                "\u0000"
            })
    void meaninglessFramesAreDroppedAndWedgeNothing(String text) {
        LineId ann = open("ann");
        assertThat(wire.say(ann, text)).isEmpty();
        assertThat(wire.say(ann, offer("ann"))).hasSize(1);
    }

    @Test
    void whatWaitsIsFlushedInOrderBehindOpen() {
        LineId ann = open("ann");
        for (String type : List.of("OFFER", "CANDIDATE", "ANSWER")) {
            assertThat(wire.say(ann, "{\"type\":\"" + type + "\",\"dst\":\"bob\"}"))
                    .isEmpty();
        }
        assertThat(wire.say(ann, "{\"type\":\"LEAVE\",\"dst\":\"bob\"}")).isEmpty();

        assertThat(register(wire.connect(), "bob", "t"))
                .containsExactly(
                        "2 < {\"type\":\"OPEN\"}",
                        "2 < {\"type\":\"OFFER\",\"src\":\"ann\",\"dst\":\"bob\"}",
                        "2 < {\"type\":\"CANDIDATE\",\"src\":\"ann\",\"dst\":\"bob\"}",
                        "2 < {\"type\":\"ANSWER\",\"src\":\"ann\",\"dst\":\"bob\"}");
        assertThat(wire.after(10, TimeUnit.SECONDS)).isEmpty();
        assertThat(server.mailboxes().characters()).isZero();
    }

    @Test
    void everySenderGetsOneExpireWhenNobodyCameInTime() {
        LineId ann = open("ann");
        LineId bob = open("bob");
        wire.say(ann, offer("eve"));
        wire.say(ann, offer("eve"));
        wire.say(bob, offer("eve"));
        wire.say(ann, offer("joe"));
        assertThat(wire.after(5_000_000_000L - 1, TimeUnit.NANOSECONDS)).isEmpty();
        assertThat(wire.after(1, TimeUnit.NANOSECONDS))
                .containsExactly(
                        "1 < {\"type\":\"EXPIRE\",\"src\":\"eve\",\"dst\":\"ann\"}",
                        "2 < {\"type\":\"EXPIRE\",\"src\":\"eve\",\"dst\":\"bob\"}",
                        "1 < {\"type\":\"EXPIRE\",\"src\":\"joe\",\"dst\":\"ann\"}");
        assertThat(server.mailboxes().size()).isZero();
        assertThat(server.mailboxes().characters()).isZero();
    }

    @Test
    void aFullMailboxDropsAndItsSenderGetsExpireAllTheSame() {
        with(HubLimit.PEERJS_QUEUE_MESSAGES, 2);
        LineId ann = open("ann");
        LineId bob = open("bob");
        wire.say(ann, offer("eve"));
        wire.say(ann, offer("eve"));
        assertThat(wire.refusals()).isEmpty();
        assertThat(wire.say(ann, offer("eve"))).isEmpty(); // it gets one for the first
        assertThat(wire.say(bob, offer("eve")))
                .containsExactly("2 < {\"type\":\"EXPIRE\",\"src\":\"eve\",\"dst\":\"bob\"}");
        assertThat(wire.refusals()).containsExactly("queue-full", "queue-full");
    }

    @Test
    void aClientHasSoManyMessagesWaitingAndOnlyItIsHeldUp() {
        with(HubLimit.PEERJS_SOURCE_MESSAGES, 2);
        LineId ann = open("ann");
        LineId bob = open("bob");
        wire.say(ann, offer("x"));
        wire.say(ann, offer("y"));
        assertThat(wire.say(ann, offer("z"))).hasSize(1);
        assertThat(wire.say(bob, offer("z"))).isEmpty();
        wire.after(5, TimeUnit.SECONDS);
        wire.refusals();
        wire.say(ann, offer("z"));
        assertThat(wire.refusals()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"PEERJS_QUEUE_CHARACTERS", "PEERJS_SOURCE_CHARACTERS", "PEERJS_WAITING_CHARACTERS"})
    void whatWaitsIsBoundedInCharacters(HubLimit limit) {
        with(limit, 1024);
        LineId ann = open("ann");
        String big = "{\"type\":\"OFFER\",\"dst\":\"eve\",\"payload\":\"" + "x".repeat(760) + "\"}";
        wire.say(ann, big); // 256 + 6 + 762 is 1024
        assertThat(wire.refusals()).isEmpty();
        wire.say(ann, offer("eve"));
        assertThat(wire.refusals()).containsExactly("queue-full");
        wire.after(5, TimeUnit.SECONDS);
        wire.say(ann, big.replace("xx\"", "xxx\""));
        assertThat(wire.refusals()).containsExactly("queue-full");
    }

    @Test
    void withoutHeartbeatTheIdIsFreeAfterTheAliveTimeWhateverElseIsSaid() {
        LineId ann = open("ann");
        wire.after(89, TimeUnit.SECONDS);
        wire.say(ann, offer("ann"));
        assertThat(wire.after(1, TimeUnit.SECONDS)).containsExactly("1 close peer-silent");
        open("ann");
    }

    @Test
    void aHeartbeatKeepsTheIdAndGetsNoReply() {
        LineId ann = open("ann");
        for (int i = 0; i < 10; i++) {
            assertThat(wire.after(50, TimeUnit.SECONDS)).isEmpty();
            assertThat(wire.say(ann, "{\"type\":\"HEARTBEAT\"}")).isEmpty();
        }
        assertThat(server.peerCount()).isEqualTo(1);
    }

    @Test
    void leaveWithoutAddresseeGivesTheIdUpAndTheConnectionStays() {
        LineId ann = open("ann");
        LineId bob = open("bob");
        assertThat(wire.say(ann, "{\"type\":\"LEAVE\"}")).isEmpty();
        assertThat(wire.say(bob, offer("ann"))).isEmpty();
        assertThat(wire.say(ann, offer("bob"))).hasSize(1);
        LineId other = wire.connect();
        assertThat(register(other, "ann", "other")).hasSize(2);
        assertThat(wire.say(ann, offer("bob")))
                .as("in the name of its successor")
                .isEmpty();
    }

    @Test
    void nobodyIsToldOfACloseUnlessThatIsWanted() {
        LineId ann = open("ann");
        LineId bob = open("bob");
        wire.say(bob, offer("ann"));
        assertThat(wire.close(ann)).isEmpty();

        with(new PeerJsRules("peerjs", false, false, true));
        ann = open("ann");
        bob = open("bob");
        wire.say(bob, offer("ann"));
        assertThat(wire.close(ann)).containsExactly("2 < {\"type\":\"LEAVE\",\"src\":\"ann\",\"dst\":\"bob\"}");
        assertThat(wire.close(bob)).isEmpty();
    }

    @Test
    void ofThoseToBeToldOfACloseTheOldestIsForgottenFirst() {
        HubLimits limits = HubLimits.defaults().with(HubLimit.PEERJS_PARTNERS, 2);
        server = new PeerJsServer(limits, new PeerJsRules("peerjs", false, false, true));
        wire = wired(limits);
        LineId ann = open("ann");
        for (String id : List.of("bob", "eve", "joe")) {
            open(id);
            wire.say(ann, offer(id));
        }
        assertThat(wire.close(ann)).hasSize(2).noneMatch(text -> text.contains("bob"));
    }

    @Test
    void nothingIsLeftWhenAllAreGone() {
        LineId ann = open("ann");
        wire.say(ann, offer("eve"));
        wire.close(ann);
        wire.after(5, TimeUnit.SECONDS);
        assertThat(wire.isIdle()).isTrue();
        assertThat(server.peerCount()).isZero();
        assertThat(server.mailboxes().size()).isZero();
    }

    @Test
    void whoGoesOnTooFastIsClosedAndOthersAreServed() {
        with(HubLimit.DROP_IN_MESSAGE_BURST, 2); // the first is the registration
        LineId ann = open("ann");
        LineId bob = open("bob");
        assertThat(wire.say(ann, offer("bob"))).hasSize(1);
        for (int i = 0; i < 64; i++) {
            assertThat(wire.say(ann, offer("bob"))).isEmpty();
        }
        assertThat(wire.say(ann, offer("bob"))).containsExactly("1 close flood");
        assertThat(wire.say(bob, offer("bob"))).hasSize(1);
    }
}
