package dev.parley.signaling.core;

import static dev.parley.signaling.core.HubFixture.ANN;
import static dev.parley.signaling.core.HubFixture.BOB;
import static dev.parley.signaling.core.HubFixture.CAT;
import static dev.parley.signaling.core.HubFixture.CELLAR;
import static dev.parley.signaling.core.HubFixture.GARDEN;
import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.ice.address.IpAddress;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a session may do because of whom it was admitted as. */
class HubIdentityTest {
    private static final Duration HOUR = Duration.ofHours(1);

    private HubFixture hub = new HubFixture();

    private static UserId user(String name) {
        return Objects.requireNonNull(UserId.find(name));
    }

    private static Grant grant(String pattern, @Nullable Role role) {
        return Objects.requireNonNull(Grant.find(pattern, role));
    }

    private static Identity identity(@Nullable String user, @Nullable Duration lifetime, Grant... grants) {
        return new Identity(user == null ? null : user(user), null, List.of(grants), Allowance.USUAL, lifetime);
    }

    private List<HubEffect> open(SessionId id, Identity identity) {
        return open(id, identity, HubFixture.REMOTE);
    }

    private List<HubEffect> open(SessionId id, Identity identity, IpAddress remote) {
        return hub.handle(new HubEvent.Opened(id, remote, HubFixture.key(id, 1), identity));
    }

    private List<HubEffect> refresh(SessionId id, Identity identity) {
        return hub.handle(new HubEvent.Refreshed(id, Stamp.NONE, identity, null));
    }

    private static HubEffect expires(SessionId id, long seconds) {
        return HubFixture.send(List.of(id), new ServerMessage.Expires(seconds, null, false));
    }

    private static HubEffect refreshed(SessionId id, long seconds) {
        return HubFixture.send(List.of(id), new ServerMessage.Expires(seconds, null, true));
    }

    private static Role roleIn(List<HubEffect> effects) {
        return effects.stream()
                .filter(HubEffect.Send.class::isInstance)
                .map(effect -> ((HubEffect.Send) effect).message())
                .filter(ServerMessage.Joined.class::isInstance)
                .map(message -> ((ServerMessage.Joined) message).role())
                .findFirst()
                .orElseThrow();
    }

    @ParameterizedTest
    @CsvSource({
        "garden, garden, true",
        "garden, gardens, false",
        "gard, garden, false",
        "gard*, garden, true",
        "garden*, garden, true",
        "*, garden, true",
        "Garden, garden, false"
    })
    void grantCoversTheRoomOrAllThatBeginAlike(String pattern, String room, boolean covers) {
        assertThat(grant(pattern, null).covers(HubFixture.room(room))).isEqualTo(covers);
    }

    @Test
    void roomWithoutGrantIsRefusedInTheWordsOfEveryClosedDoor() {
        open(ANN, identity("ann", null, grant("garden", null)));

        assertThat(hub.join(ANN, CELLAR)).isEqualTo(HubFixture.refused(ANN, Refusal.NOT_GRANTED, CELLAR));
        assertThat(Refusal.NOT_GRANTED.code()).isEqualTo(ErrorCode.JOIN_REFUSED);
        assertThat(hub.join(ANN, GARDEN))
                .contains(new HubEffect.Entered(GARDEN, ANN, HubFixture.REMOTE, UserId.find("ann")));
    }

    @Test
    void sessionAdmittedWithoutAnyGrantJoinsNothing() {
        open(ANN, identity("ann", null));

        assertThat(hub.join(ANN, GARDEN)).isEqualTo(HubFixture.refused(ANN, Refusal.NOT_GRANTED, GARDEN));
    }

    @Test
    void roleComesFromTheGrantAlsoForWhoMakesTheRoom() {
        open(ANN, identity("ann", null, grant("garden", Role.LISTENER), grant("*", null)));
        open(BOB, identity("bob", null, grant("garden", Role.HOST)));

        assertThat(roleIn(hub.join(ANN, GARDEN))).isEqualTo(Role.LISTENER);
        assertThat(roleIn(hub.join(ANN, CELLAR))).isEqualTo(Role.HOST);
        assertThat(roleIn(hub.join(BOB, GARDEN))).isEqualTo(Role.HOST);
    }

    @Test
    void whoHasHisRoleFromATokenDoesNotInheritThatOfTheHost() {
        open(ANN, identity("ann", null, grant("*", Role.HOST)));
        open(BOB, identity("bob", null, grant("*", Role.MEMBER)));
        hub.join(ANN, GARDEN);
        hub.join(BOB, GARDEN);

        assertThat(hub.leave(ANN, GARDEN))
                .noneMatch(effect -> effect instanceof HubEffect.Send(var to, var message)
                        && message instanceof ServerMessage.MemberUpdated);
        hub.open(CAT);
        assertThat(roleIn(hub.join(CAT, GARDEN))).as("who has no role by token").isEqualTo(Role.HOST);
    }

    @Test
    void nobodyBecomesHostByMakingARoomWhereRolesComeFromTokens() {
        hub = new HubFixture(HubLimits.defaults(), new IdentityPolicy(true, false));
        hub.open(ANN);
        open(BOB, identity("bob", null, grant("*", Role.HOST)));

        assertThat(roleIn(hub.join(ANN, GARDEN))).isEqualTo(Role.MEMBER);
        assertThat(roleIn(hub.join(BOB, GARDEN))).isEqualTo(Role.HOST);
        assertThat(hub.leave(BOB, GARDEN)).hasSize(3); // departed, the others are told, left; nobody inherits
    }

    @Test
    void banMeansTheUserWhereverHeComesFrom() {
        IpAddress elsewhere = IpAddress.parse("198.51.100.9");
        hub.with(GARDEN, ANN);
        open(BOB, identity("bob", null, Grant.EVERYWHERE));
        hub.join(BOB, GARDEN);
        hub.send(ANN, new ClientMessage.Expel(GARDEN, BOB, true, null));
        open(CAT, identity("bob", null, Grant.EVERYWHERE), elsewhere);
        SessionId dan = new SessionId("dan");
        open(dan, identity("dan", null, Grant.EVERYWHERE));

        assertThat(hub.join(CAT, GARDEN)).isEqualTo(HubFixture.refused(CAT, Refusal.BANNED, GARDEN));
        assertThat(hub.join(dan, GARDEN)).as("another user of the same address").hasSizeGreaterThan(2);
    }

    @Test
    void vouchedNameCountsWhateverTheClientSays() {
        MemberName vouched = Objects.requireNonNull(MemberName.find("Ann Miller"));
        open(ANN, new Identity(user("ann"), vouched, List.of(Grant.EVERYWHERE), Allowance.USUAL, null));
        hub.with(GARDEN, BOB);

        assertThat(hub.join(ANN, GARDEN, HubFixture.named("Bob")))
                .contains(HubFixture.send(
                        List.of(BOB),
                        new ServerMessage.MemberJoined(
                                GARDEN, new MemberView(ANN, Role.MEMBER, new Presence(vouched, null)))));
    }

    @Test
    void sameUserReplacesHisOlderSessionInTheRoomAndItsRole() {
        hub = new HubFixture(HubLimits.defaults(), new IdentityPolicy(false, true));
        open(ANN, identity("ann", null, Grant.EVERYWHERE));
        open(BOB, identity("ann", null, Grant.EVERYWHERE));
        hub.join(ANN, GARDEN);

        List<HubEffect> effects = hub.join(BOB, GARDEN);

        assertThat(roleIn(effects)).isEqualTo(Role.HOST);
        assertThat(effects)
                .contains(new HubEffect.Departed(GARDEN, ANN, UserId.find("ann"), Departure.REPLACED))
                .contains(HubFixture.send(List.of(ANN), new ServerMessage.Left(GARDEN, Departure.REPLACED, null)));
        assertThat(hub.hub.memberCount()).isEqualTo(1);
        long roomless = hub.nowNanos + HubLimits.defaults().nanos(HubLimit.JOIN_SECONDS);
        assertThat(hub.hub.nextDeadlineNanos()).isEqualTo(roomless);
    }

    @Test
    void sameUserMayBeInTheRoomTwiceUnlessConfiguredOtherwise() {
        open(ANN, identity("ann", null, Grant.EVERYWHERE));
        open(BOB, identity("ann", null, Grant.EVERYWHERE));
        hub.join(ANN, GARDEN);
        hub.join(BOB, GARDEN);

        assertThat(hub.hub.memberCount()).isEqualTo(2);
    }

    @Test
    void allowanceBoundsRoomsAtNAndNotAtNPlusOne() {
        open(ANN, new Identity(user("ann"), null, List.of(Grant.EVERYWHERE), new Allowance(1, 0), null));

        assertThat(hub.join(ANN, GARDEN)).hasSizeGreaterThan(1);
        assertThat(hub.join(ANN, CELLAR)).isEqualTo(HubFixture.refused(ANN, Refusal.TOO_MANY_ROOMS, CELLAR));
    }

    @Test
    void sessionEndsAtTheEndOfItsTokenAndNotOneTickEarlier() {
        assertThat(open(ANN, identity("ann", Duration.ofSeconds(20), Grant.EVERYWHERE)))
                .containsExactly(HubFixture.greet(ANN), expires(ANN, 20));
        hub.join(ANN, GARDEN);
        long endNanos = hub.nowNanos + TimeUnit.SECONDS.toNanos(20);
        assertThat(hub.hub.nextDeadlineNanos()).isEqualTo(endNanos);

        hub.nowNanos = endNanos - 1;
        assertThat(hub.handle(new HubEvent.TimerFired())).isEmpty();
        hub.nowNanos = endNanos;
        assertThat(hub.handle(new HubEvent.TimerFired()))
                .containsExactly(
                        new HubEffect.Close(ANN, CloseReason.TOKEN_EXPIRED),
                        new HubEffect.Departed(GARDEN, ANN, UserId.find("ann"), Departure.CLOSED),
                        new HubEffect.Ended(ANN));
        hub.assertEmpty();
    }

    @Test
    void expiryEndsALostSessionBeforeItsResumeWindow() {
        open(ANN, identity("ann", Duration.ofSeconds(5), Grant.EVERYWHERE));
        hub.join(ANN, GARDEN);
        hub.close(ANN, Departure.LOST);

        assertThat(hub.after(5, TimeUnit.SECONDS).resume(ANN, 1, 0)).containsExactly(new HubEffect.RefuseResume(null));
        assertThat(hub.handle(new HubEvent.TimerFired())).contains(new HubEffect.Ended(ANN));
        hub.assertEmpty();
    }

    @Test
    void resumeKeepsTheIdentityAndTellsWhatIsLeft() {
        open(ANN, identity("ann", Duration.ofSeconds(30), grant("garden", null)));
        hub.join(ANN, GARDEN);
        hub.close(ANN, Departure.LOST);

        assertThat(hub.after(10, TimeUnit.SECONDS).resume(ANN, 1, 1)).contains(expires(ANN, 20));
        assertThat(hub.join(ANN, CELLAR)).isEqualTo(HubFixture.refused(ANN, Refusal.NOT_GRANTED, CELLAR));
    }

    @Test
    void refreshPutsTheEndWhereTheNewTokenHasItLaterOrEarlier() {
        open(ANN, identity("ann", Duration.ofSeconds(20), Grant.EVERYWHERE));
        hub.join(ANN, GARDEN);

        assertThat(refresh(ANN, identity("ann", HOUR, Grant.EVERYWHERE))).containsExactly(refreshed(ANN, 3600));
        assertThat(refresh(ANN, identity("ann", Duration.ofSeconds(3), Grant.EVERYWHERE)))
                .containsExactly(refreshed(ANN, 3));
        assertThat(hub.fireNext()).contains(new HubEffect.Close(ANN, CloseReason.TOKEN_EXPIRED));
    }

    @Test
    void refreshOfAnotherUserOrWithoutTheRoomsOneIsInChangesNothing() {
        open(ANN, identity("ann", Duration.ofSeconds(20), Grant.EVERYWHERE));
        hub.join(ANN, GARDEN);
        long endNanos = hub.hub.nextDeadlineNanos();
        List<HubEffect> denied = HubFixture.refused(ANN, Refusal.DENIED, null);

        assertThat(refresh(ANN, identity("bob", HOUR, Grant.EVERYWHERE))).isEqualTo(denied);
        assertThat(refresh(ANN, identity(null, HOUR, Grant.EVERYWHERE))).isEqualTo(denied);
        assertThat(refresh(ANN, identity("ann", HOUR, grant("cellar", null)))).isEqualTo(denied);
        assertThat(hub.hub.nextDeadlineNanos()).isEqualTo(endNanos);
    }

    @Test
    void roleOfARefreshedTokenCountsAtOnce() {
        open(ANN, identity("ann", HOUR, grant("*", Role.HOST)));
        hub.join(ANN, GARDEN);
        hub.with(GARDEN, BOB);

        assertThat(refresh(ANN, identity("ann", HOUR, grant("*", Role.LISTENER))))
                .contains(HubFixture.send(
                        List.of(ANN, BOB),
                        new ServerMessage.MemberUpdated(GARDEN, new MemberView(BOB, Role.HOST, Presence.EMPTY), null)));
        assertThat(hub.signal(ANN, GARDEN, null))
                .isEqualTo(HubFixture.refused(ANN, Refusal.LISTENERS_ONLY_LISTEN, GARDEN));
    }

    @Test
    void userIdIsNotPrinted() {
        assertThat(identity("ann@example.org", null).toString()).doesNotContain("ann@example.org");
    }

    @Test
    void whoseTokenIsRevokedGoesAtOnceAndNobodyElse() {
        hub.handle(new HubEvent.Opened(
                ANN, HubFixture.REMOTE, HubFixture.key(ANN, 1), marked("ann", new TokenMark("t1", 100))));
        hub.handle(new HubEvent.Opened(
                BOB, HubFixture.REMOTE, HubFixture.key(BOB, 1), marked("bob", new TokenMark("t2", 100))));
        hub.join(ANN, GARDEN);
        hub.join(BOB, GARDEN);
        var list = new Revocations(List.of("t1", "t9"), Map.of());

        assertThat(hub.handle(new HubEvent.Revoked(list)))
                .startsWith(new HubEffect.Close(ANN, CloseReason.DENIED))
                .contains(new HubEffect.Ended(ANN))
                .doesNotContain(new HubEffect.Ended(BOB));
        assertThat(hub.handle(new HubEvent.Opened(
                        ANN, HubFixture.REMOTE, HubFixture.key(ANN, 1), marked("ann", new TokenMark("t1", 100)))))
                .as("admitted a moment before")
                .containsExactly(new HubEffect.Close(ANN, CloseReason.DENIED));
        assertThat(hub.handle(new HubEvent.Refreshed(BOB, Stamp.NONE, marked("bob", new TokenMark("t9", 9)), null)))
                .contains(new HubEffect.Refused(BOB, Refusal.DENIED));
    }

    @Test
    void revokedSessionThatIsLostCannotBeResumed() {
        hub.handle(new HubEvent.Opened(ANN, HubFixture.REMOTE, HubFixture.key(ANN, 1), marked("ann", TokenMark.NONE)));
        hub.join(ANN, GARDEN);
        hub.close(ANN, Departure.LOST);
        var everyone = new Revocations(List.of(), Map.of(Objects.requireNonNull(UserId.find("ann")), Long.MAX_VALUE));

        assertThat(hub.handle(new HubEvent.Revoked(everyone))).contains(new HubEffect.Ended(ANN));
        assertThat(hub.resume(ANN, 1, 1)).containsExactly(new HubEffect.RefuseResume(null));
    }

    @ParameterizedTest
    @CsvSource({"99, true", "100, false", "-1, true"})
    void tokensOfAUserAreRevokedUpToATime(long issuedSeconds, boolean revoked) {
        var list = new Revocations(List.of(), Map.of(Objects.requireNonNull(UserId.find("ann")), 100L));

        assertThat(list.cover(marked("ann", new TokenMark(null, issuedSeconds))))
                .isEqualTo(revoked);
        assertThat(list.cover(marked("bob", new TokenMark(null, issuedSeconds))))
                .isFalse();
        assertThat(list.cover(Identity.ANONYMOUS)).isFalse();
    }

    private static Identity marked(String user, TokenMark mark) {
        return new Identity(UserId.find(user), null, List.of(Grant.EVERYWHERE), Allowance.USUAL, null, mark);
    }
}
