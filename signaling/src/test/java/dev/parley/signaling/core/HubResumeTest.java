package dev.parley.signaling.core;

import static dev.parley.signaling.core.HubFixture.ANN;
import static dev.parley.signaling.core.HubFixture.BOB;
import static dev.parley.signaling.core.HubFixture.GARDEN;
import static dev.parley.signaling.core.HubFixture.REMOTE;
import static dev.parley.signaling.core.HubFixture.key;
import static dev.parley.signaling.core.HubFixture.limited;
import static dev.parley.signaling.core.HubFixture.send;
import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.ice.address.IpAddress;
import dev.parley.signaling.core.HubEffect.Attach;
import dev.parley.signaling.core.HubEffect.Continue;
import dev.parley.signaling.core.HubEffect.RefuseResume;
import dev.parley.signaling.core.ServerMessage.Joined;
import dev.parley.signaling.core.ServerMessage.Signalled;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** A session outlives its connection, and nothing is lost or comes twice. */
class HubResumeTest {
    private static final ClientMessage HELLO_ALL =
            new ClientMessage.Signal(GARDEN, null, null, new JsonText("{}"), null);
    private static final ServerMessage FROM_BOB = new Signalled(GARDEN, BOB, new JsonText("{}"), null, true);

    private final HubFixture hub = new HubFixture().with(GARDEN, ANN, BOB);

    @Test
    void lostConnectionIsNoLeave() {
        assertThat(hub.close(ANN, Departure.LOST)).isEmpty();
        assertThat(hub.hub.memberCount()).isEqualTo(2);
    }

    @Test
    void whatWasSentMeanwhileFollowsInOrderUnderItsNumbers() {
        hub.close(ANN, Departure.LOST);
        assertThat(hub.signal(BOB, GARDEN, null)).isEmpty();
        hub.signal(BOB, GARDEN, ANN);

        assertThat(hub.numbered(new HubEvent.Resumed(key(ANN, 1), 2, REMOTE, key(ANN, 2), null)))
                .containsExactly(
                        new Attach(ANN),
                        new Continue(ANN, key(ANN, 2), 0, 2, false),
                        new HubEffect.Send(List.of(new Delivery(ANN, 3)), FROM_BOB),
                        new HubEffect.Send(
                                List.of(new Delivery(ANN, 4)),
                                new Signalled(GARDEN, BOB, new JsonText("{}"), null, false)));
    }

    @Test
    void whatTheClientHadNotConfirmedComesAgain() {
        assertThat(hub.numbered(new HubEvent.Resumed(key(ANN, 1), 0, REMOTE, key(ANN, 2), null)))
                .filteredOn(HubEffect.Send.class::isInstance)
                .hasSize(2) // joined, and that Bob came
                .first()
                .isEqualTo(new HubEffect.Send(List.of(new Delivery(ANN, 1)), joined()));
    }

    private static Joined joined(MemberView... others) {
        return new Joined(GARDEN, ANN, Role.HOST, RoomView.OPEN, List.of(), List.of(others), List.of(), null);
    }

    @Test
    void overflowIsSaidAndTheRoomShownAsItIs() {
        HubFixture small = limited(HubLimit.RESUME_MESSAGES, 16).with(GARDEN, ANN, BOB);
        small.close(ANN, Departure.LOST);
        IntStream.range(0, 17).forEach(i -> small.signal(BOB, GARDEN, ANN));

        assertThat(small.resume(ANN, 1, 2))
                .containsExactly(
                        new Attach(ANN),
                        new Continue(ANN, key(ANN, 2), 0, 19, true),
                        send(List.of(ANN), joined(new MemberView(BOB, Role.MEMBER, Presence.EMPTY))));
    }

    @Test
    void sixteenOfSixteenAreNoOverflow() {
        HubFixture small = limited(HubLimit.RESUME_MESSAGES, 16).with(GARDEN, ANN, BOB);
        small.close(ANN, Departure.LOST);
        IntStream.range(0, 16).forEach(i -> small.signal(BOB, GARDEN, ANN));

        assertThat(small.resume(ANN, 1, 2)).hasSize(18).contains(new Continue(ANN, key(ANN, 2), 0, 2, false));
    }

    @Test
    void charactersAreBoundedToo() {
        HubFixture small = limited(HubLimit.RESUME_CHARACTERS, 65_536).with(GARDEN, ANN, BOB);
        small.close(ANN, Departure.LOST);
        JsonText half = new JsonText("\"" + "x".repeat(40_000) + "\"");
        for (int i = 0; i < 2; i++) {
            small.send(BOB, new ClientMessage.Signal(GARDEN, ANN, null, half, null));
        }

        assertThat(small.resume(ANN, 1, 2)).contains(new Continue(ANN, key(ANN, 2), 0, 4, true));
    }

    @Test
    void messagesTheHubHadAreNotCarriedOutTwice() {
        assertThat(hub.send(BOB, new Stamp(1, 0), HELLO_ALL)).containsExactly(send(List.of(ANN), FROM_BOB));
        assertThat(hub.resume(BOB, 1, 1)).contains(new Continue(BOB, key(BOB, 2), 1, 1, false));

        assertThat(hub.send(BOB, new Stamp(1, 1), HELLO_ALL)).isEmpty();
        assertThat(hub.send(BOB, new Stamp(2, 1), HELLO_ALL)).containsExactly(send(List.of(ANN), FROM_BOB));
    }

    @Test
    void missingMessageIsNamed() {
        assertThat(hub.send(BOB, new Stamp(2, 0), HELLO_ALL))
                .contains(send(
                        List.of(BOB),
                        new ServerMessage.Problem(
                                Refusal.BAD_MESSAGE, "seq must be 1, the number of your next message", null, null)));
    }

    @Test
    void thirtySecondsLaterTheSessionIsOver() {
        hub.close(ANN, Departure.LOST);
        long lostNanos = hub.nowNanos;

        while (hub.hub.sessionCount() == 2) {
            hub.handle(new HubEvent.Heard(BOB));
            hub.fireNext();
        }
        assertThat(hub.nowNanos - lostNanos).isEqualTo(TimeUnit.SECONDS.toNanos(30));
        assertThat(hub.resume(ANN, 1, 2)).containsExactly(new RefuseResume(null));
    }

    @Test
    void keyIsGoodOnceTheClientHasShownThatItGotTheNext() {
        hub.resume(ANN, 1, 2);
        assertThat(hub.resume(ANN, 1, 2)).as("the answer may have been lost").contains(new Attach(ANN));
        hub.ping(ANN);

        assertThat(hub.resume(ANN, 1, 2)).containsExactly(new RefuseResume(null));
        assertThat(hub.resume(ANN, 2, 2)).contains(new Attach(ANN));
    }

    @Test
    void foreignAndInventedKeysAreRefused() {
        assertThat(hub.handle(new HubEvent.Resumed(new ResumeKey(ANN, "guess"), 0, REMOTE, key(ANN, 2), null)))
                .containsExactly(new RefuseResume(null));
        assertThat(hub.resume(new SessionId("nobody"), 1, 0)).containsExactly(new RefuseResume(null));
        assertThat(new ResumeKey(ANN, "guess").toString()).doesNotContain("guess");
    }

    @Test
    void newAddressIsTold() {
        IpAddress elsewhere = IpAddress.parse("198.51.100.9");

        assertThat(hub.handle(new HubEvent.Resumed(key(ANN, 1), 2, elsewhere, key(ANN, 2), null)))
                .endsWith(new HubEffect.Moved(ANN, elsewhere));
        hub.close(ANN, Departure.LEFT);
        hub.close(BOB, Departure.LEFT);
        hub.assertEmpty();
    }

    @Test
    void silentSessionKeepsItsPlaceForAsLongAsALostOne() {
        HubFixture one = new HubFixture().with(GARDEN, ANN);
        while (one.hub.sessionCount() == 1) {
            one.fireNext();
        }
        assertThat(TimeUnit.NANOSECONDS.toSeconds(one.nowNanos + 5)).isEqualTo(90);
        one.assertEmpty();
    }

    @Test
    void clientIsToldHowFarTheHubIs() {
        for (int number = 1; number < 32; number++) {
            assertThat(hub.send(BOB, new Stamp(number, 0), HELLO_ALL)).hasSize(1);
        }
        assertThat(hub.send(BOB, new Stamp(32, 0), HELLO_ALL)).contains(new HubEffect.Acknowledge(BOB, 32));
    }

    @Test
    void whoNumbersNothingIsServedAsWell() {
        assertThat(hub.signal(BOB, GARDEN, null)).containsExactly(send(List.of(ANN), FROM_BOB));
        assertThat(hub.signal(BOB, GARDEN, null)).containsExactly(send(List.of(ANN), FROM_BOB));
    }
}
