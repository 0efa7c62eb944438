package dev.parley.turn.core;

import static dev.parley.turn.core.TurnFixture.REALM;
import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.ice.credential.KeyAlgorithm;
import dev.parley.ice.credential.LongTermKey;
import dev.parley.ice.credential.SecurityFeatures;
import dev.parley.ice.stun.IntegrityAlgorithm;
import dev.parley.ice.stun.StunClass;
import dev.parley.ice.stun.StunEncoder;
import dev.parley.ice.stun.StunMessage;
import dev.parley.ice.stun.StunMethod;
import dev.parley.ice.stun.attribute.Attribute;
import dev.parley.ice.stun.attribute.Bytes;
import dev.parley.ice.stun.attribute.Lifetime;
import dev.parley.ice.stun.attribute.Nonce;
import dev.parley.ice.stun.attribute.PasswordAlgorithm;
import dev.parley.ice.stun.attribute.PasswordAlgorithms;
import dev.parley.ice.stun.attribute.Realm;
import dev.parley.ice.stun.attribute.RequestedTransport;
import dev.parley.ice.stun.attribute.Software;
import dev.parley.ice.stun.attribute.Userhash;
import dev.parley.ice.stun.attribute.Username;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What RFC 8489 section 9.2 added to the long-term mechanism: algorithms, anonymity, and no way to take them back. */
class NegotiationTest {
    private static final TestClient ALICE = TestClient.over(ClientTransport.TCP, "198.51.100.7:40000", "1:alice");
    private static final TestClient UDP_ALICE = TurnFixture.ALICE;
    private static final PasswordAlgorithms OFFER =
            new PasswordAlgorithms(List.of(PasswordAlgorithm.sha256(), PasswordAlgorithm.md5()));
    private static final RequestedTransport UDP = new RequestedTransport(RequestedTransport.UDP);

    private final TurnFixture turn = new TurnFixture();

    @Test
    void aConnectionIsOfferedBothAlgorithmsAndTheCookie() {
        StunMessage challenge = challengeTo(ALICE);

        assertThat(challenge.find(PasswordAlgorithms.class)).isEqualTo(OFFER);
        assertThat(nonceIn(challenge)).startsWith("obMatJos2AAAB");
        assertThat(challenge.attributes()).hasSize(4);
    }

    @Test
    void aBareRequestOverUdpIsOfferedNothingItsLengthDoesNotPayFor() {
        StunMessage challenge = challengeTo(UDP_ALICE);

        assertThat(challenge.has(PasswordAlgorithms.class)).isFalse();
        assertThat(nonceIn(challenge)).hasSize(16).doesNotContain("obMatJos2");
    }

    @Test
    void aLongRequestOverUdpPaysForTheOffer() {
        for (int letters = 0; letters < 60; letters++) {
            StunMessage request = allocate(UDP, new Software("x".repeat(letters)));
            int requestBytes = sizeOf(request);
            StunMessage answer =
                    TurnFixture.replyIn(turn.send(UDP_ALICE, request, null)).message();

            assertThat(10 * sizeOf(answer)).isLessThanOrEqualTo(26 * requestBytes);
            boolean pays = 10 * 92 <= 26 * requestBytes; // with this realm the offer makes an answer of 92 bytes
            assertThat(answer.has(PasswordAlgorithms.class))
                    .as("%d bytes", requestBytes)
                    .isEqualTo(pays);
        }
    }

    @Test
    void aClientGoesOnAsItBegan() {
        StunMessage old = signed(UDP_ALICE, turn.nonces.issue(UDP_ALICE.address(), turn.wallTime()));
        StunMessage announced = signed(UDP_ALICE, featuredNonce(UDP_ALICE), PasswordAlgorithm.sha256(), OFFER);
        turn.sleep(Lifetimes.NONCE);

        StunMessage toOld =
                TurnFixture.replyIn(sendWith(UDP_ALICE, old, KeyAlgorithm.MD5)).message();
        StunMessage toAnnounced = TurnFixture.replyIn(sendWith(UDP_ALICE, announced, KeyAlgorithm.SHA256))
                .message();
        assertThat(toOld.has(PasswordAlgorithms.class)).isFalse();
        assertThat(toAnnounced.find(PasswordAlgorithms.class)).isEqualTo(OFFER);
    }

    @Test
    void theSha256KeyAllocatesAndIsAnsweredWithSha256() {
        TurnEffect.Reply reply = allocateWith(PasswordAlgorithm.sha256(), OFFER, KeyAlgorithm.SHA256);

        assertThat(reply.refusal()).isNull();
        assertThat(reply.integrity()).isEqualTo(IntegrityAlgorithm.SHA256);
        assertThat(reply.key()).isEqualTo(keyOf(ALICE, KeyAlgorithm.SHA256));
    }

    @Test
    void aClientMayChooseMd5AndIsStillAnsweredWithSha256() {
        TurnEffect.Reply reply = allocateWith(PasswordAlgorithm.md5(), OFFER, KeyAlgorithm.MD5);

        assertThat(reply.refusal()).isNull();
        assertThat(reply.integrity()).isEqualTo(IntegrityAlgorithm.SHA256);
    }

    @Test
    void anOldClientWithANewNonceIsServedAsBefore() {
        StunMessage request = signed(ALICE, featuredNonce(ALICE), UDP);
        TurnEffect.Reply reply = replyAfterOpening(turn.send(ALICE, request, IntegrityAlgorithm.SHA1));

        assertThat(reply.refusal()).isNull();
        assertThat(reply.integrity()).isEqualTo(IntegrityAlgorithm.SHA1);
        assertThat(reply.key()).isEqualTo(ALICE.longTermKey());
    }

    @Test
    void whatIsNotTheWholeOfferIsABadRequest() {
        PasswordAlgorithm sha256 = PasswordAlgorithm.sha256();
        PasswordAlgorithms weaker = new PasswordAlgorithms(List.of(PasswordAlgorithm.md5()));
        PasswordAlgorithms turned = new PasswordAlgorithms(List.of(PasswordAlgorithm.md5(), sha256));
        List<List<Attribute>> changes = List.of(
                List.of(sha256),
                List.of(OFFER),
                List.of(PasswordAlgorithm.md5(), weaker),
                List.of(sha256, turned),
                List.of(new PasswordAlgorithm(3, Bytes.EMPTY), OFFER),
                List.of(new PasswordAlgorithm(2, Bytes.of(new byte[4])), OFFER));
        for (List<Attribute> change : changes) {
            StunMessage request = signed(ALICE, featuredNonce(ALICE), change.toArray(Attribute[]::new));
            List<TurnEffect> effects = sendWith(ALICE, request, KeyAlgorithm.MD5);
            assertThat(effects)
                    .as(change.toString())
                    .first()
                    .isEqualTo(new TurnEffect.Refused(ALICE.key(), RefusalReason.PASSWORD_ALGORITHM));
            assertThat(TurnFixture.codeIn(effects)).isEqualTo(400);
            assertThat(TurnFixture.replyIn(effects).key()).isNull();
        }
    }

    @Test
    void strippingTheCookieIsNoticed() {
        StunMessage stripped = signed(ALICE, featuredNonce(ALICE).substring(13));
        assertThat(TurnFixture.codeIn(sendWith(ALICE, stripped, KeyAlgorithm.MD5)))
                .isEqualTo(438);
    }

    @Test
    void theChecksComeInTheOrderOfTheRfc() {
        TestClient guesser = new TestClient(ALICE.key(), ALICE.username(), "guess");
        TestClient stranger = new TestClient(ALICE.key(), "nobody", "guess");
        String nonce = featuredNonce(ALICE);
        turn.sleep(Lifetimes.NONCE);

        assertThat(reasonOf(stranger, signed(stranger, nonce, OFFER))).isEqualTo(RefusalReason.PASSWORD_ALGORITHM);
        assertThat(reasonOf(stranger, signed(stranger, nonce))).isEqualTo(RefusalReason.UNKNOWN_USER);
        assertThat(reasonOf(guesser, signed(guesser, nonce))).isEqualTo(RefusalReason.WRONG_INTEGRITY);
        assertThat(reasonOf(ALICE, signed(ALICE, nonce))).isEqualTo(RefusalReason.STALE_NONCE);
    }

    @Test
    void aUserIsFoundByHash() {
        Userhash hash = Userhash.of(ALICE.username(), REALM);
        StunMessage request = hashed(hash, StunMethod.ALLOCATE, UDP);
        assertThat(TurnFixture.codeIn(turn.send(ALICE, request, IntegrityAlgorithm.SHA1)))
                .isEqualTo(401);

        turn.users.findByHash(true);
        StunMessage again = hashed(hash, StunMethod.ALLOCATE, UDP);
        assertThat(replyAfterOpening(turn.send(ALICE, again, IntegrityAlgorithm.SHA1))
                        .refusal())
                .isNull();
        assertThat(nonceIn(challengeTo(ALICE))).startsWith("obMatJos2AAAD");
    }

    @Test
    void theOwnerOfAnAllocationIsFoundByHashWhoeverKnowsTheUsers() {
        turn.allocate(ALICE);
        StunMessage refresh = hashed(Userhash.of(ALICE.username(), REALM), StunMethod.REFRESH, new Lifetime(700));
        assertThat(TurnFixture.codeIn(turn.send(ALICE, refresh, IntegrityAlgorithm.SHA1)))
                .isZero();

        StunMessage other = hashed(Userhash.of("1:bob", REALM), StunMethod.REFRESH);
        assertThat(TurnFixture.codeIn(turn.send(ALICE, other, IntegrityAlgorithm.SHA1)))
                .isEqualTo(401);
    }

    @Test
    void anAllocationMayGoOnWithTheOtherAlgorithm() {
        turn.allocate(ALICE);
        StunMessage refresh = new StunMessage(
                StunClass.REQUEST,
                StunMethod.REFRESH,
                turn.nextTransaction(),
                signed(ALICE, featuredNonce(ALICE), PasswordAlgorithm.sha256(), OFFER)
                        .attributes());
        assertThat(TurnFixture.codeIn(sendWith(ALICE, refresh, KeyAlgorithm.SHA256)))
                .isZero();
    }

    @Test
    void aShortenedSha256IsNotEnoughForTurn() {
        ByteBuf bytes = Unpooled.buffer();
        StunEncoder.encodeSigned(
                turn.signedRequest(ALICE, StunMethod.REFRESH), ALICE.longTermKey(), IntegrityAlgorithm.SHA256, bytes);
        bytes.writerIndex(bytes.writerIndex() - 16);
        bytes.setShort(bytes.writerIndex() - 18, 16);
        bytes.setShort(2, bytes.getUnsignedShort(2) - 16);
        assertThat(TurnFixture.codeIn(turn.receive(ALICE.key(), bytes))).isEqualTo(401);
    }

    private TurnEffect.Reply allocateWith(PasswordAlgorithm chosen, PasswordAlgorithms offer, KeyAlgorithm algorithm) {
        return replyAfterOpening(sendWith(ALICE, signed(ALICE, featuredNonce(ALICE), UDP, chosen, offer), algorithm));
    }

    private TurnEffect.Reply replyAfterOpening(List<TurnEffect> effects) {
        return TurnFixture.replyIn(turn.openRelays(effects));
    }

    private RefusalReason reasonOf(TestClient client, StunMessage request) {
        return turn.send(client, request, IntegrityAlgorithm.SHA1).getFirst() instanceof TurnEffect.Refused refused
                ? refused.reason()
                : RefusalReason.MALFORMED;
    }

    private List<TurnEffect> sendWith(TestClient client, StunMessage request, KeyAlgorithm algorithm) {
        ByteBuf bytes = Unpooled.buffer();
        StunEncoder.encodeSigned(request, keyOf(client, algorithm), IntegrityAlgorithm.SHA256, bytes);
        return turn.receive(client.key(), bytes);
    }

    private static LongTermKey keyOf(TestClient client, KeyAlgorithm algorithm) {
        return LongTermKey.of(algorithm, client.username(), REALM, client.password());
    }

    private StunMessage signed(TestClient client, String nonce, Attribute... more) {
        List<Attribute> attributes = new ArrayList<>(List.of(more));
        attributes.addAll(List.of(new Username(client.username()), new Realm(REALM), new Nonce(nonce)));
        return allocate(attributes.toArray(Attribute[]::new));
    }

    private StunMessage hashed(Userhash hash, StunMethod method, Attribute... more) {
        List<Attribute> attributes = new ArrayList<>(List.of(more));
        Nonce nonce = new Nonce(turn.nonces.issue(ALICE.address(), turn.wallTime()));
        attributes.addAll(List.of(hash, new Realm(REALM), nonce));
        return StunMessage.request(method, turn.nextTransaction(), attributes.toArray(Attribute[]::new));
    }

    private String featuredNonce(TestClient client) {
        SecurityFeatures features = turn.users.features();
        return turn.nonces.issue(client.address(), turn.wallTime(), features);
    }

    private StunMessage challengeTo(TestClient client) {
        return TurnFixture.replyIn(turn.send(client, allocate(UDP), null)).message();
    }

    private StunMessage allocate(Attribute... attributes) {
        return StunMessage.request(StunMethod.ALLOCATE, turn.nextTransaction(), attributes);
    }

    private static String nonceIn(StunMessage challenge) {
        return challenge.all(Nonce.class).getFirst().value();
    }

    private static int sizeOf(StunMessage message) {
        ByteBuf bytes = Unpooled.buffer();
        StunEncoder.encode(message, bytes);
        return bytes.readableBytes();
    }
}
