package dev.parley.signaling.core;

import static dev.parley.signaling.core.HubFixture.ANN;
import static dev.parley.signaling.core.HubFixture.BOB;
import static dev.parley.signaling.core.HubFixture.CAT;
import static dev.parley.signaling.core.HubFixture.CELLAR;
import static dev.parley.signaling.core.HubFixture.GARDEN;
import static dev.parley.signaling.core.HubFixture.send;
import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.signaling.core.HubEffect.Hidden;
import dev.parley.signaling.core.ServerMessage.RoomUpdated;
import dev.parley.signaling.core.ServerMessage.Signalled;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Rooms in which everything is relayed: nobody tells anybody an address through the hub. Ann made the garden. */
class HubRelayOnlyTest {
    private static final JsonText HOST = new JsonText("{\"candidate\":\"host\"}");
    private static final JsonText RELATED = new JsonText("{\"candidate\":\"relay raddr\"}");
    private static final JsonText WORDS = new JsonText("\"hello\"");

    private static final SessionId DAN = new SessionId("dan");

    private final HubFixture hub = new HubFixture().with(GARDEN, ANN, BOB, CAT);

    private List<HubEffect> settle(boolean relayOnly) {
        RoomChange change = new RoomChange(null, null, null, relayOnly, null, false, null);
        return hub.send(ANN, new ClientMessage.Configure(GARDEN, change, null));
    }

    private List<HubEffect> signal(RoomName room, JsonText data) {
        return hub.send(BOB, new ClientMessage.Signal(room, ANN, null, data, null));
    }

    private static HubEffect heard(RoomName room, JsonText data) {
        return send(List.of(ANN), new Signalled(room, BOB, data, null, false));
    }

    @Test
    void onlyWhatShowsNoAddressGoesOn() {
        RoomView relayed = new RoomView(false, false, false, true, 0, null);
        assertThat(settle(true)).contains(send(List.of(BOB, CAT), new RoomUpdated(GARDEN, relayed, null)));

        assertThat(signal(GARDEN, HOST)).containsExactly(new Hidden(BOB));
        assertThat(signal(GARDEN, RELATED)).containsExactly(new Hidden(BOB), heard(GARDEN, new JsonText("\"relay\"")));
        assertThat(signal(GARDEN, WORDS)).containsExactly(heard(GARDEN, WORDS));
    }

    @Test
    void otherRoomsAndTheSameOneAfterwardsTellEverything() {
        hub.join(ANN, CELLAR);
        hub.join(BOB, CELLAR);
        settle(true);
        assertThat(signal(CELLAR, HOST)).containsExactly(heard(CELLAR, HOST));

        settle(false);
        assertThat(signal(GARDEN, HOST)).containsExactly(heard(GARDEN, HOST));
    }

    @Test
    void toAllOthersTheSameGoesOn() {
        settle(true);
        assertThat(hub.send(BOB, new ClientMessage.Signal(GARDEN, null, null, HOST, null)))
                .containsExactly(new Hidden(BOB));
        assertThat(hub.send(BOB, new ClientMessage.Signal(GARDEN, null, null, WORDS, null)))
                .containsExactly(send(List.of(ANN, CAT), new Signalled(GARDEN, BOB, WORDS, null, true)));
    }

    @Test
    void guestsLearnOfItWhenTheyCome() {
        settle(true);
        hub.open(DAN);
        assertThat(hub.join(DAN, GARDEN).toString()).contains("relayOnly=true");
    }
}
