package dev.parley.signaling.core;

import static dev.parley.signaling.core.HubFixture.ANN;
import static dev.parley.signaling.core.HubFixture.BOB;
import static dev.parley.signaling.core.HubFixture.CAT;
import static dev.parley.signaling.core.HubFixture.CELLAR;
import static dev.parley.signaling.core.HubFixture.GARDEN;
import static dev.parley.signaling.core.HubFixture.describedBy;
import static dev.parley.signaling.core.HubFixture.limited;
import static dev.parley.signaling.core.HubFixture.refused;
import static dev.parley.signaling.core.HubFixture.room;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parley.ice.address.IpAddress;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Every limit of the core at n and n + 1. */
class HubLimitsTest {
    private static final String METADATA = "{\"k\":\"1234567890\"}"; // 18 bytes

    @Test
    void roomTakesItsMembersAndNotOneMore() {
        var hub = limited(HubLimit.ROOM_MEMBERS, 2).with(GARDEN, ANN, BOB);
        hub.open(CAT);

        assertThat(hub.hub.memberCount()).isEqualTo(2);
        assertThat(hub.join(CAT, GARDEN)).isEqualTo(refused(CAT, Refusal.ROOM_FULL, GARDEN));
        hub.leave(ANN, GARDEN);
        hub.join(CAT, GARDEN);
        assertThat(hub.hub.memberCount()).isEqualTo(2);
    }

    @Test
    void serverHoldsItsRoomsAndNotOneMore() {
        var hub = limited(HubLimit.ROOMS, 2).with(GARDEN, ANN).with(CELLAR, BOB);
        hub.open(CAT);

        assertThat(hub.join(CAT, room("third"))).isEqualTo(refused(CAT, Refusal.ROOMS_EXHAUSTED, room("third")));
        assertThat(hub.hub.roomCount()).isEqualTo(2);
        hub.join(CAT, GARDEN);
        assertThat(hub.hub.memberCount()).isEqualTo(3);
    }

    @Test
    void everyReasonNotToLetIntoARoomLooksTheSame() {
        assertThat(List.of(Refusal.ROOM_FULL, Refusal.ROOMS_EXHAUSTED, Refusal.ROSTER_FULL))
                .allMatch(refusal -> refusal.code() == ErrorCode.JOIN_REFUSED);
    }

    @Test
    void sessionIsInItsRoomsAndNotOneMore() {
        var hub = limited(HubLimit.ROOMS_PER_SESSION, 2).with(GARDEN, ANN);
        hub.join(ANN, CELLAR);

        assertThat(hub.join(ANN, room("third"))).isEqualTo(refused(ANN, Refusal.TOO_MANY_ROOMS, room("third")));
        hub.leave(ANN, CELLAR);
        hub.join(ANN, room("third"));
        assertThat(hub.hub.memberCount()).isEqualTo(2);
    }

    @Test
    void serverTakesItsSessionsAndNotOneMore() {
        var hub = limited(HubLimit.SESSIONS, 2);
        hub.open(ANN, IpAddress.parse("203.0.113.1"));
        assertThat(hub.open(BOB, IpAddress.parse("203.0.113.2"))).containsExactly(HubFixture.greet(BOB));

        assertThat(hub.open(CAT, IpAddress.parse("203.0.113.3")))
                .containsExactly(new HubEffect.Close(CAT, CloseReason.TRY_LATER));
        hub.close(ANN, Departure.LEFT);
        assertThat(hub.open(CAT, IpAddress.parse("203.0.113.3"))).containsExactly(HubFixture.greet(CAT));
    }

    @Test
    void addressHasItsSessionsAndNotOneMore() {
        var hub = limited(HubLimit.SESSIONS_PER_ADDRESS, 2);
        hub.open(ANN);
        hub.open(BOB);

        assertThat(hub.open(CAT)).containsExactly(new HubEffect.Close(CAT, CloseReason.TRY_LATER));
        assertThat(hub.open(CAT, IpAddress.parse("203.0.113.8"))).containsExactly(HubFixture.greet(CAT));
        hub.close(ANN, Departure.LEFT);
        assertThat(hub.open(ANN)).containsExactly(HubFixture.greet(ANN));
    }

    @Test
    void addressesOfOneIpv6NetworkCountAsOne() {
        var hub = limited(HubLimit.SESSIONS_PER_ADDRESS, 1);
        hub.open(ANN, IpAddress.parse("2001:db8:1:2::1"));

        assertThat(hub.open(BOB, IpAddress.parse("2001:db8:1:2:ffff::9")))
                .containsExactly(new HubEffect.Close(BOB, CloseReason.TRY_LATER));
        assertThat(hub.open(CAT, IpAddress.parse("2001:db8:1:3::1"))).containsExactly(HubFixture.greet(CAT));
    }

    @Test
    void mappedAddressCountsAsTheIpv4AddressInIt() {
        assertThat(AddressPrefix.of(IpAddress.parse("::ffff:203.0.113.7")))
                .isEqualTo(AddressPrefix.of(IpAddress.parse("203.0.113.7")))
                .isNotEqualTo(AddressPrefix.of(IpAddress.parse("::ffff:203.0.113.8")));
    }

    @Test
    void namesHaveTheirLengthAndNotOneMore() {
        var hub = limited(HubLimit.NAME_LENGTH, 3);
        hub.open(ANN);
        String threeLetters = "a\uD83D\uDE00b"; // the middle one takes two chars

        assertThat(hub.join(ANN, room("abcd"))).isEqualTo(refused(ANN, Refusal.NAME_TOO_LONG, room("abcd")));
        assertThat(hub.join(ANN, GARDEN)).isEqualTo(refused(ANN, Refusal.NAME_TOO_LONG, GARDEN));
        assertThat(hub.join(ANN, room("abc"), HubFixture.named("abcd")))
                .isEqualTo(refused(ANN, Refusal.NAME_TOO_LONG, room("abc")));
        hub.join(ANN, room(threeLetters), HubFixture.named(threeLetters));
        assertThat(hub.hub.memberCount()).isEqualTo(1);
    }

    @Test
    void metadataHasItsBytesAndNotOneMore() {
        var hub = limited(HubLimit.METADATA_BYTES, 18);
        hub.open(ANN);

        assertThat(hub.join(ANN, GARDEN, describedBy(METADATA.replace("{", "{ "))))
                .isEqualTo(refused(ANN, Refusal.METADATA_TOO_LARGE, GARDEN));
        assertThat(hub.join(ANN, GARDEN, describedBy(METADATA.replace("1", "\u00e9"))))
                .isEqualTo(refused(ANN, Refusal.METADATA_TOO_LARGE, GARDEN));
        hub.join(ANN, GARDEN, describedBy(METADATA));
        assertThat(hub.hub.memberCount()).isEqualTo(1);
        PresenceChange larger = new PresenceChange(false, null, true, new JsonText(METADATA + " "));
        assertThat(hub.send(ANN, new ClientMessage.Update(GARDEN, larger, null)))
                .isEqualTo(refused(ANN, Refusal.METADATA_TOO_LARGE, GARDEN));
    }

    @Test
    void rosterHasItsBytesAndNotOneMore() {
        int two = 2 * Presence.ENTRY_BYTES;
        int limit = 1024;
        String name = "n".repeat((limit - two) / 2);
        HubLimits limits =
                HubLimits.defaults().with(HubLimit.ROOM_ROSTER_BYTES, limit).with(HubLimit.NAME_LENGTH, 1000);
        var hub = new HubFixture(limits);
        hub.open(ANN);
        hub.open(BOB);
        hub.join(ANN, GARDEN, HubFixture.named(name));

        assertThat(hub.join(BOB, GARDEN, HubFixture.named(name + "n")))
                .isEqualTo(refused(BOB, Refusal.ROSTER_FULL, GARDEN));
        hub.join(BOB, GARDEN, HubFixture.named(name));
        assertThat(hub.hub.memberCount()).isEqualTo(2);
        PresenceChange longer = new PresenceChange(true, MemberName.find(name + "n"), false, null);
        assertThat(hub.send(BOB, new ClientMessage.Update(GARDEN, longer, null)))
                .isEqualTo(refused(BOB, Refusal.UPDATE_TOO_LARGE, GARDEN));
        hub.leave(ANN, GARDEN);
        assertThat(hub.send(BOB, new ClientMessage.Update(GARDEN, longer, null)))
                .hasSize(1);
    }

    @Test
    void messagesComeAtOnceAndASecondAndNotOneMore() {
        HubLimits limits = HubLimits.defaults().with(HubLimit.MESSAGE_BURST, 3).with(HubLimit.MESSAGES_PER_SECOND, 2);
        var hub = new HubFixture(limits);
        hub.open(ANN);

        for (int i = 0; i < 3; i++) {
            assertThat(hub.ping(ANN)).hasSize(1).doesNotContainAnyElementsOf(refused(ANN, Refusal.MESSAGE_RATE, null));
        }
        assertThat(hub.ping(ANN)).isEqualTo(refused(ANN, Refusal.MESSAGE_RATE, null));
        hub.after(499_999_999, TimeUnit.NANOSECONDS);
        assertThat(hub.ping(ANN)).isEqualTo(refused(ANN, Refusal.MESSAGE_RATE, null));
        hub.after(1, TimeUnit.NANOSECONDS);
        assertThat(hub.ping(ANN)).hasSize(1);
        assertThat(hub.ping(ANN)).isEqualTo(refused(ANN, Refusal.MESSAGE_RATE, null));
    }

    @Test
    void undecodableMessagesAndPongsCountToo() {
        var hub = limited(HubLimit.MESSAGE_BURST, 2);
        hub.open(ANN);
        hub.reject(ANN, "x", null);
        assertThat(hub.handle(new HubEvent.Heard(ANN))).isEmpty();

        assertThat(hub.reject(ANN, "x", null)).isEqualTo(refused(ANN, Refusal.MESSAGE_RATE, null));
        assertThat(hub.handle(new HubEvent.Heard(ANN))).isEqualTo(refused(ANN, Refusal.MESSAGE_RATE, null));
    }

    @Test
    void fanOutCountsAgainstTheSenderAlone() {
        // Ann came first, so her join cost nothing; a message to two members costs two.
        HubLimits limits =
                HubLimits.defaults().with(HubLimit.DELIVERY_BURST, 8).with(HubLimit.DELIVERIES_PER_SECOND, 1);
        var hub = new HubFixture(limits).with(GARDEN, ANN, BOB, CAT);

        for (int i = 0; i < 4; i++) {
            assertThat(hub.signal(ANN, GARDEN, null)).hasSize(1);
        }
        assertThat(hub.signal(ANN, GARDEN, BOB)).isEqualTo(refused(ANN, Refusal.DELIVERY_RATE, GARDEN));
        assertThat(hub.signal(BOB, GARDEN, null)).hasSize(1);
        assertThat(hub.after(1, TimeUnit.SECONDS).signal(ANN, GARDEN, BOB)).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({"6, 0", "7, 1"})
    void comingPaysForGoingAndForTheNextHost(int burst, int left) {
        HubLimits limits =
                HubLimits.defaults().with(HubLimit.DELIVERY_BURST, burst).with(HubLimit.DELIVERIES_PER_SECOND, 1);
        var hub = new HubFixture(limits).with(GARDEN, ANN, BOB, CAT);

        for (int i = 0; i < left; i++) {
            assertThat(hub.signal(CAT, GARDEN, BOB)).hasSize(1);
        }
        assertThat(hub.signal(CAT, GARDEN, BOB)).isEqualTo(refused(CAT, Refusal.DELIVERY_RATE, GARDEN));
    }

    @ParameterizedTest
    @CsvSource({"6, 0", "7, 1"})
    void roleCountsTwiceForItMayMakeAnotherHost(int burst, int left) {
        HubLimits limits =
                HubLimits.defaults().with(HubLimit.DELIVERY_BURST, burst).with(HubLimit.DELIVERIES_PER_SECOND, 1);
        var hub = new HubFixture(limits).with(GARDEN, ANN, BOB, CAT);
        hub.send(ANN, new ClientMessage.SetRole(GARDEN, BOB, Role.LISTENER, null));

        for (int i = 0; i < left; i++) {
            assertThat(hub.signal(ANN, GARDEN, BOB)).hasSize(1);
        }
        assertThat(hub.signal(ANN, GARDEN, BOB)).isEqualTo(refused(ANN, Refusal.DELIVERY_RATE, GARDEN));
    }

    @Test
    void longMessageCountsForEachBlock() {
        HubLimits limits =
                HubLimits.defaults().with(HubLimit.DELIVERY_BURST, 4).with(HubLimit.DELIVERIES_PER_SECOND, 1);
        var hub = new HubFixture(limits).with(GARDEN, ANN, BOB);
        JsonText threeBlocks = new JsonText('"' + "x".repeat(8192) + '"');

        assertThat(hub.send(ANN, new ClientMessage.Signal(GARDEN, BOB, null, threeBlocks, null)))
                .hasSize(1);
        assertThat(hub.signal(ANN, GARDEN, BOB)).hasSize(1);
        assertThat(hub.signal(ANN, GARDEN, BOB)).isEqualTo(refused(ANN, Refusal.DELIVERY_RATE, GARDEN));
    }

    @Test
    void joinsComeAtOnceAndASecondAndNotOneMore() {
        var hub = limited(HubLimit.JOIN_BURST, 2);
        hub.open(ANN);
        hub.join(ANN, GARDEN);
        hub.join(ANN, CELLAR);

        assertThat(hub.join(ANN, room("third"))).isEqualTo(refused(ANN, Refusal.JOIN_RATE, room("third")));
        assertThat(hub.after(1, TimeUnit.SECONDS).join(ANN, room("third"))).hasSize(2);
    }

    @Test
    void whoeverGoesOnAfterTheWarningsIsClosed() {
        HubLimits limits = HubLimits.defaults().with(HubLimit.MESSAGE_BURST, 1).with(HubLimit.WARNING_BURST, 2);
        var hub = new HubFixture(limits).with(GARDEN, BOB, ANN);

        assertThat(hub.ping(ANN)).isEqualTo(refused(ANN, Refusal.MESSAGE_RATE, null));
        assertThat(hub.ping(ANN)).isEqualTo(refused(ANN, Refusal.MESSAGE_RATE, null));
        assertThat(hub.ping(ANN))
                .containsExactly(
                        new HubEffect.Refused(ANN, Refusal.MESSAGE_RATE),
                        new HubEffect.Close(ANN, CloseReason.FLOOD),
                        new HubEffect.Departed(GARDEN, ANN, Departure.CLOSED),
                        HubFixture.send(List.of(BOB), new ServerMessage.MemberLeft(GARDEN, ANN, Departure.CLOSED)),
                        new HubEffect.Ended(ANN));
    }

    @ParameterizedTest
    @EnumSource(HubLimit.class)
    void limitTakesItsRangeAndNothingElse(HubLimit limit) {
        HubLimits limits = HubLimits.defaults();

        assertThat(limits.of(limit)).isEqualTo(limit.defaultValue());
        assertThat(limits.with(limit, limit.min()).of(limit)).isEqualTo(limit.min());
        assertThat(limits.with(limit, limit.max()).of(limit)).isEqualTo(limit.max());
        assertThatThrownBy(() -> limits.with(limit, limit.min() - 1)).hasMessageContaining(limit.key());
        assertThatThrownBy(() -> HubLimits.of(Map.of(limit, limit.max() + 1))).hasMessageContaining(limit.key());
    }

    @Test
    void keysAreDifferent() {
        assertThat(Arrays.stream(HubLimit.values()).map(HubLimit::key)).doesNotHaveDuplicates();
    }
}
