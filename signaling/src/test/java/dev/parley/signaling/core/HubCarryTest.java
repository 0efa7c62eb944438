package dev.parley.signaling.core;

import static dev.parley.signaling.core.HubFixture.ANN;
import static dev.parley.signaling.core.HubFixture.BOB;
import static dev.parley.signaling.core.HubFixture.GARDEN;
import static dev.parley.signaling.core.HubFixture.REMOTE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.ice.address.IpAddress;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Sessions that one line after another carries, as the requests of a client without a WebSocket do. */
class HubCarryTest {
    private final HubFixture hub = new HubFixture().with(GARDEN, ANN, BOB);

    private static List<Long> numbersIn(List<HubEffect> effects) {
        return effects.stream()
                .filter(HubEffect.Send.class::isInstance)
                .map(effect -> ((HubEffect.Send) effect).to().getFirst().number())
                .toList();
    }

    @Test
    void nextLineGetsExactlyWhatTheClientDoesNotHave() {
        hub.close(ANN, Departure.LOST);
        hub.signal(BOB, GARDEN, ANN);
        hub.signal(BOB, GARDEN, ANN);
        List<HubEffect> effects = hub.numbered(new HubEvent.Carried(ANN, 2, REMOTE));

        assertThat(effects.getFirst()).isEqualTo(new HubEffect.Attach(ANN));
        assertThat(numbersIn(effects)).containsExactly(3L, 4L); // joined and Bob's coming were 1 and 2
        assertThat(numbersIn(hub.numbered(new HubEvent.Carried(ANN, 3, REMOTE))))
                .containsExactly(4L);
        assertThat(hub.carry(ANN, 4)).containsExactly(new HubEffect.Attach(ANN));
    }

    @Test
    void noKeyIsSpentForIt() {
        hub.carry(ANN, 2);
        hub.carry(ANN, 2);
        assertThat(hub.resume(ANN, 1, 2)).contains(new HubEffect.Continue(ANN, HubFixture.key(ANN, 2), 0, 2, false));
    }

    @Test
    void overflowIsToldWithTheKeyThatIsGood() {
        HubFixture small = HubFixture.limited(HubLimit.RESUME_MESSAGES, 4).with(GARDEN, ANN, BOB);
        small.close(ANN, Departure.LOST);
        for (int i = 0; i < 5; i++) {
            small.signal(BOB, GARDEN, ANN);
        }
        List<HubEffect> effects = small.carry(ANN, 2);

        assertThat(effects)
                .startsWith(new HubEffect.Attach(ANN), new HubEffect.Continue(ANN, HubFixture.key(ANN, 1), 0, 7, true));
        assertThat(effects).hasSize(3); // and how the room is
    }

    @Test
    void sessionIsOverWhenNoLineComesInTime() {
        hub.close(ANN, Departure.LOST);
        hub.after(29, TimeUnit.SECONDS);
        hub.carry(ANN, 2);
        hub.close(ANN, Departure.LOST);
        hub.after(29, TimeUnit.SECONDS);
        assertThat(hub.carry(ANN, 2)).isNotEmpty();
        hub.close(ANN, Departure.LOST);
        hub.after(30, TimeUnit.SECONDS).handle(new HubEvent.TimerFired());

        assertThat(hub.carry(ANN, 2)).isEmpty();
        assertThat(hub.hub.receivedFrom(ANN)).isEqualTo(-1);
    }

    @Test
    void messagesBetweenTwoLinesAreCarriedOutOnce() {
        hub.close(ANN, Departure.LOST);
        ClientMessage signal = new ClientMessage.Signal(GARDEN, BOB, null, new JsonText("1"), null);
        assertThat(hub.send(ANN, new Stamp(1, 0), signal)).hasSize(1);
        assertThat(hub.send(ANN, new Stamp(1, 0), signal)).isEmpty();
        assertThat(hub.hub.receivedFrom(ANN)).isEqualTo(1);
    }

    @Test
    void newAddressIsToldWhileInARoom() {
        IpAddress elsewhere = IpAddress.parse("198.51.100.9");
        assertThat(hub.handle(new HubEvent.Carried(ANN, 2, elsewhere)))
                .containsExactly(new HubEffect.Attach(ANN), new HubEffect.Moved(ANN, elsewhere));
    }

    @Test
    void byeEndsTheSessionWithOrWithoutALine() {
        assertThat(hub.send(ANN, new ClientMessage.Bye(null)))
                .startsWith(new HubEffect.Close(ANN, CloseReason.BYE))
                .endsWith(new HubEffect.Ended(ANN))
                .contains(HubFixture.send(List.of(BOB), new ServerMessage.MemberLeft(GARDEN, ANN, Departure.LEFT)));
        hub.close(BOB, Departure.LOST);
        assertThat(hub.send(BOB, new ClientMessage.Bye(null))).endsWith(new HubEffect.Ended(BOB));
        hub.assertEmpty();
    }
}
