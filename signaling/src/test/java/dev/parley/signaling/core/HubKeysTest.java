package dev.parley.signaling.core;

import static dev.parley.signaling.core.HubFixture.ANN;
import static dev.parley.signaling.core.HubFixture.BOB;
import static dev.parley.signaling.core.HubFixture.CAT;
import static dev.parley.signaling.core.HubFixture.GARDEN;
import static dev.parley.signaling.core.HubFixture.limited;
import static dev.parley.signaling.core.HubFixture.send;
import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.signaling.core.ServerMessage.KeySet;
import dev.parley.signaling.core.ServerMessage.Signalled;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What a room keeps, and who hears what is said to a role. Ann made the room. */
class HubKeysTest {
    private static final Ref REF = new Ref("7");
    private static final MemberName TOPIC = key("topic");

    private static MemberName key(String name) {
        return Objects.requireNonNull(MemberName.find(name));
    }

    private static ClientMessage set(MemberName key, @Nullable String value) {
        return new ClientMessage.SetKey(GARDEN, key, value == null ? null : new JsonText(value), REF);
    }

    @Test
    void valueIsToldToAllAndShownToNewcomers() {
        var hub = new HubFixture().with(GARDEN, ANN, BOB);
        JsonText value = new JsonText("\"tea\"");

        assertThat(hub.send(BOB, set(TOPIC, "\"tea\"")))
                .containsExactly(
                        send(List.of(BOB), new KeySet(GARDEN, TOPIC, value, BOB, REF)),
                        send(List.of(ANN), new KeySet(GARDEN, TOPIC, value, BOB, null)));
        hub.open(CAT);
        assertThat(hub.join(CAT, GARDEN))
                .anySatisfy(effect -> assertThat(effect.toString())
                        .contains("RoomKey[name=MemberName[value=topic], value=JsonText[text=\"tea\"]]"));
    }

    @Test
    void nullTakesAValueAwayAndItsRoomBack() {
        var hub = limited(HubLimit.ROOM_KEYS, 1).with(GARDEN, ANN);
        hub.send(ANN, set(TOPIC, "1"));

        assertThat(hub.send(ANN, set(key("other"), "1"))).isEqualTo(refused(REF, ANN, Refusal.KEYS_FULL));
        hub.send(ANN, set(TOPIC, null));
        assertThat(hub.send(ANN, set(key("other"), "1"))).hasSize(1);
        assertThat(hub.send(ANN, set(key("third"), null)))
                .as("taking away always fits")
                .hasSize(1);
    }

    private static List<HubEffect> refused(Ref ref, SessionId id, Refusal refusal) {
        return List.of(
                new HubEffect.Refused(id, refusal),
                send(List.of(id), new ServerMessage.Problem(refusal, null, ref, GARDEN)));
    }

    @Test
    void bytesFitAndNotOneMore() {
        var hub = limited(HubLimit.ROOM_KEY_BYTES, 1024).with(GARDEN, ANN);
        String value = "\"" + "x".repeat(1024 - 2 - "topic".length()) + "\"";

        assertThat(hub.send(ANN, set(TOPIC, value))).hasSize(1);
        assertThat(hub.send(ANN, set(TOPIC, value.replaceFirst("x", "xx"))))
                .isEqualTo(refused(REF, ANN, Refusal.KEYS_FULL));
        assertThat(hub.send(ANN, set(TOPIC, "1"))).hasSize(1);
    }

    @Test
    void nameHasItsLengthAndNotOneMore() {
        var hub = new HubFixture().with(GARDEN, ANN);

        assertThat(hub.send(ANN, set(key("n".repeat(128)), "1"))).hasSize(1);
        assertThat(hub.send(ANN, set(key("n".repeat(129)), "1"))).isEqualTo(refused(REF, ANN, Refusal.NAME_TOO_LONG));
    }

    @Test
    void valuesGoWithTheRoom() {
        var hub = new HubFixture().with(GARDEN, ANN);
        hub.send(ANN, set(TOPIC, "1"));
        hub.leave(ANN, GARDEN);

        assertThat(hub.join(ANN, GARDEN).toString()).doesNotContain("topic");
    }

    @Test
    void listenersAndStrangersSetNothing() {
        var hub = new HubFixture().with(GARDEN, ANN, BOB);
        hub.open(CAT);
        hub.send(ANN, new ClientMessage.SetRole(GARDEN, BOB, Role.LISTENER, null));

        assertThat(hub.send(BOB, set(TOPIC, "1"))).isEqualTo(refused(REF, BOB, Refusal.LISTENERS_ONLY_LISTEN));
        assertThat(hub.send(CAT, set(TOPIC, "1"))).isEqualTo(refused(REF, CAT, Refusal.NOT_IN_ROOM));
    }

    @Test
    void onlyTheRoleAddressedHears() {
        var hub = new HubFixture().with(GARDEN, ANN, BOB, CAT);
        hub.send(ANN, new ClientMessage.SetRole(GARDEN, CAT, Role.LISTENER, null));
        JsonText data = new JsonText("1");

        for (var heard : List.of(List.of(Role.HOST, ANN), List.of(Role.LISTENER, CAT))) {
            Role role = (Role) heard.getFirst();
            assertThat(hub.send(BOB, new ClientMessage.Signal(GARDEN, null, role, data, null)))
                    .containsExactly(
                            send(List.of((SessionId) heard.getLast()), new Signalled(GARDEN, BOB, data, role, false)));
        }
        assertThat(hub.send(BOB, new ClientMessage.Signal(GARDEN, null, Role.MEMBER, data, null)))
                .as("nobody else is a member")
                .isEmpty();
    }

    @Test
    void listenerMayAskTheHosts() {
        var hub = new HubFixture().with(GARDEN, ANN, BOB);
        hub.send(ANN, new ClientMessage.SetRole(GARDEN, BOB, Role.LISTENER, null));
        JsonText data = new JsonText("\"may I?\"");

        assertThat(hub.send(BOB, new ClientMessage.Signal(GARDEN, null, Role.HOST, data, null)))
                .hasSize(1);
        assertThat(hub.send(BOB, new ClientMessage.Signal(GARDEN, null, Role.MEMBER, data, null)))
                .isEqualTo(HubFixture.refused(BOB, Refusal.LISTENERS_ONLY_LISTEN, GARDEN));
    }
}
