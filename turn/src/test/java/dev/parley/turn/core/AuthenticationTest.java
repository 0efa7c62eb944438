package dev.parley.turn.core;

import static dev.parley.turn.core.TurnFixture.ALICE;
import static dev.parley.turn.core.TurnFixture.BOB;
import static dev.parley.turn.core.TurnFixture.REALM;
import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.ice.stun.IntegrityAlgorithm;
import dev.parley.ice.stun.StunEncoder;
import dev.parley.ice.stun.StunMessage;
import dev.parley.ice.stun.StunMethod;
import dev.parley.ice.stun.attribute.Attribute;
import dev.parley.ice.stun.attribute.ErrorCode;
import dev.parley.ice.stun.attribute.Lifetime;
import dev.parley.ice.stun.attribute.Nonce;
import dev.parley.ice.stun.attribute.Realm;
import dev.parley.ice.stun.attribute.RequestedTransport;
import dev.parley.ice.stun.attribute.Software;
import dev.parley.ice.stun.attribute.Username;
import dev.parley.turn.quota.QuotaLimits;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class AuthenticationTest {
    private static final RequestedTransport UDP = new RequestedTransport(RequestedTransport.UDP);

    private final TurnFixture turn = new TurnFixture();

    @Test
    void anUnsignedRequestIsChallengedAndLeavesNoTrace() {
        List<TurnEffect> effects = turn.send(ALICE, allocate(UDP), null);
        TurnEffect.Reply reply = TurnFixture.replyIn(effects);

        assertThat(effects).first().isEqualTo(new TurnEffect.Refused(ALICE.key(), RefusalReason.UNSIGNED));
        assertThat(reply.message().attributes())
                .hasSize(3)
                .contains(new ErrorCode(401, ""), new Realm(REALM))
                .hasAtLeastOneElementOfType(Nonce.class);
        assertThat(reply.message().has(Software.class)).isFalse();
        assertThat(reply.key()).isNull();
        assertThat(reply.mayAmplify()).isTrue();
        assertThat(turn.server.allocationCount()).isZero();
        assertThat(turn.server.nextDeadlineNanos()).isEqualTo(Long.MAX_VALUE);
        assertThat(turn.quotas.total()).isZero();
    }

    @Test
    void reasonPhrasesAreToldByOptInAndKeepNoOfferFromPayingForItself() {
        TurnFixture talkative = TurnFixture.with(TurnExtensions.NONE.withReasonPhrases(true), new QuotaLimits(9, 9, 9));
        StunMessage answer =
                TurnFixture.replyIn(talkative.send(ALICE, allocate(UDP), null)).message();

        assertThat(answer.find(ErrorCode.class)).isEqualTo(new ErrorCode(401, "Unauthenticated"));
        assertThat(answer.attributes()).hasSize(3);
        assertThat(TurnFixture.replyIn(talkative.request(ALICE, StunMethod.ALLOCATE))
                        .message()
                        .find(ErrorCode.class))
                .isEqualTo(new ErrorCode(400, "Bad Request"));
    }

    @Test
    void theChallengeAmplifiesLessThanThreePointSix() {
        ByteBuf answer = Unpooled.buffer();
        StunEncoder.encode(
                TurnFixture.replyIn(turn.send(ALICE, allocate(), null)).message(), answer);
        assertThat(answer.readableBytes()).isLessThanOrEqualTo((int) (3.6 * 20));
    }

    @Test
    void signedWithoutUsernameRealmOrNonceIsABadRequest() {
        assertRefused(allocate(new Realm(REALM), freshNonce()), RefusalReason.INCOMPLETE_CREDENTIALS, 400);
        assertRefused(allocate(username(), freshNonce()), RefusalReason.INCOMPLETE_CREDENTIALS, 400);
        assertRefused(allocate(username(), new Realm(REALM)), RefusalReason.INCOMPLETE_CREDENTIALS, 400);
    }

    @Test
    void aNonceWeNeverIssuedCostsNoLookUp() {
        StunMessage forged = allocate(UDP, username(), new Realm(REALM), new Nonce("0123456789abcdef"));
        assertRefused(forged, RefusalReason.FORGED_NONCE, 438);
        assertThat(turn.users.lookUps()).isZero();
    }

    @Test
    void anotherClientsNonceIsWorthNothing() {
        Nonce bobs = new Nonce(turn.nonces.issue(BOB.address(), turn.wallTime()));
        assertRefused(allocate(UDP, username(), new Realm(REALM), bobs), RefusalReason.FORGED_NONCE, 438);
    }

    @Test
    void aNonceIsStaleAtItsLifetimeAndNotASecondEarlier() {
        Nonce nonce = freshNonce();
        turn.sleep(Lifetimes.NONCE.minusSeconds(1));
        assertThat(turn.send(ALICE, allocate(username(), new Realm(REALM), nonce), IntegrityAlgorithm.SHA1))
                .first()
                .isEqualTo(new TurnEffect.Refused(ALICE.key(), RefusalReason.MISSING_ATTRIBUTE));
        turn.sleep(Duration.ofSeconds(1));
        StunMessage late = allocate(username(), new Realm(REALM), nonce);
        List<TurnEffect> effects = assertRefused(late, RefusalReason.STALE_NONCE, 438);
        assertThat(TurnFixture.replyIn(effects).message().has(Nonce.class)).isTrue();
        assertThat(TurnFixture.replyIn(effects).mayAmplify()).isFalse();
    }

    @Test
    void anotherRealmIsNotOurs() {
        assertRefused(allocate(username(), new Realm("other"), freshNonce()), RefusalReason.OTHER_REALM, 401);
    }

    @Test
    void unknownUserAndWrongPasswordLookTheSame() {
        TestClient stranger = TestClient.of("198.51.100.7:40000", "nobody");
        TestClient guesser = new TestClient(ALICE.key(), ALICE.username(), "guess");
        List<TurnEffect> unknown = turn.request(stranger, StunMethod.ALLOCATE, UDP);
        List<TurnEffect> wrong = turn.request(guesser, StunMethod.ALLOCATE, UDP);

        assertThat(unknown).first().isEqualTo(new TurnEffect.Refused(ALICE.key(), RefusalReason.UNKNOWN_USER));
        assertThat(wrong).first().isEqualTo(new TurnEffect.Refused(ALICE.key(), RefusalReason.WRONG_INTEGRITY));
        assertThat(TurnFixture.codeIn(unknown)).isEqualTo(401);
        assertThat(TurnFixture.codeIn(wrong)).isEqualTo(401);
        assertThat(TurnFixture.replyIn(wrong).key()).isNull();
    }

    @Test
    void anExpiredCredentialCannotAllocate() {
        turn.users.stand("alice", Users.Standing.EXPIRED);
        assertThat(turn.allocate(ALICE))
                .first()
                .isEqualTo(new TurnEffect.Refused(ALICE.key(), RefusalReason.EXPIRED_CREDENTIAL));
    }

    @Test
    void aMemberWhoLeftCannotAllocate() {
        turn.users.stand("alice", Users.Standing.GONE);
        List<TurnEffect> effects = turn.allocate(ALICE);
        assertThat(effects).first().isEqualTo(new TurnEffect.Refused(ALICE.key(), RefusalReason.MEMBER_GONE));
        assertThat(TurnFixture.codeIn(effects)).isEqualTo(401);
    }

    @Test
    void sha256IsAnsweredWithSha256() {
        StunMessage request = turn.signedRequest(ALICE, StunMethod.ALLOCATE);
        TurnEffect.Reply reply = TurnFixture.replyIn(turn.send(ALICE, request, IntegrityAlgorithm.SHA256));
        assertThat(reply.integrity()).isEqualTo(IntegrityAlgorithm.SHA256);
        assertThat(reply.key()).isEqualTo(ALICE.longTermKey());
    }

    @Test
    void whatFollowsTheIntegrityAttributeIsIgnored() {
        turn.allocate(ALICE);
        ByteBuf bytes = Unpooled.buffer();
        StunMessage request = turn.signedRequest(ALICE, StunMethod.REFRESH);
        StunEncoder.encodeSigned(request, ALICE.longTermKey(), IntegrityAlgorithm.SHA1, bytes);
        int length = bytes.getUnsignedShort(2);
        bytes.writeShort(Lifetime.TYPE).writeShort(4).writeInt(0).setShort(2, length + 8);

        assertThat(TurnFixture.replyIn(turn.receive(ALICE.key(), bytes))
                        .message()
                        .find(Lifetime.class))
                .isEqualTo(new Lifetime(600));
        assertThat(turn.server.findAllocation(ALICE.key())).isNotNull();
    }

    @Test
    void methodsWeDoNotHaveAreDiscarded() {
        List<TurnEffect> effects = turn.request(ALICE, StunMethod.CONNECT);
        assertThat(effects).containsExactly(new TurnEffect.Refused(ALICE.key(), RefusalReason.UNSUPPORTED_METHOD));
    }

    private List<TurnEffect> assertRefused(StunMessage request, RefusalReason reason, int code) {
        List<TurnEffect> effects = turn.send(ALICE, request, IntegrityAlgorithm.SHA1);
        assertThat(effects).first().isEqualTo(new TurnEffect.Refused(ALICE.key(), reason));
        assertThat(TurnFixture.codeIn(effects)).isEqualTo(code);
        return effects;
    }

    private StunMessage allocate(Attribute... attributes) {
        return StunMessage.request(StunMethod.ALLOCATE, turn.nextTransaction(), attributes);
    }

    private static Username username() {
        return new Username(ALICE.username());
    }

    private Nonce freshNonce() {
        return new Nonce(turn.nonces.issue(ALICE.address(), turn.wallTime()));
    }
}
