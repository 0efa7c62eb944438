package dev.parley.turn.core;

import static dev.parley.turn.core.TurnFixture.ALICE;
import static dev.parley.turn.core.TurnFixture.BOB;
import static dev.parley.turn.core.TurnFixture.REALM;
import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.ice.credential.NonceIssuer;
import dev.parley.ice.credential.NonceState;
import dev.parley.ice.credential.Secret;
import dev.parley.ice.stun.IntegrityAlgorithm;
import dev.parley.ice.stun.StunEncoder;
import dev.parley.ice.stun.StunMessage;
import dev.parley.ice.stun.StunMethod;
import dev.parley.ice.stun.attribute.AccessToken;
import dev.parley.ice.stun.attribute.Attribute;
import dev.parley.ice.stun.attribute.Bytes;
import dev.parley.ice.stun.attribute.Lifetime;
import dev.parley.ice.stun.attribute.Nonce;
import dev.parley.ice.stun.attribute.Realm;
import dev.parley.ice.stun.attribute.RequestedTransport;
import dev.parley.ice.stun.attribute.Username;
import dev.parley.ice.stun.attribute.XorPeerAddress;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What past vulnerabilities teach about credentials; each test is named after its row of the list of them. */
class CredentialRowsTest {
    private static final RequestedTransport UDP = new RequestedTransport(RequestedTransport.UDP);

    private final TurnFixture turn = new TurnFixture();

    @Test
    void row11TenThousandNoncesAreDistinctAndBoundToTheirSource() {
        Set<String> nonces = new HashSet<>();
        for (int i = 0; i < 10_000; i++) {
            StunMessage request = StunMessage.request(StunMethod.ALLOCATE, turn.nextTransaction(), UDP);
            nonces.add(nonceIn(turn.send(ALICE, request, null)));
        }
        assertThat(nonces).hasSize(10_000);

        for (String nonce : nonces) {
            assertThat(TurnFixture.codeIn(allocate(BOB, BOB.username(), nonce))).isEqualTo(438);
        }
    }

    /** Rows 23 and 24: neither what follows the signature nor what came before it did has any effect. */
    @Test
    void row23AttributesAfterTheIntegrityAreNotObeyed() {
        turn.allocate(ALICE);
        turn.createPermission(ALICE, TurnFixture.PEER);
        long expiryNanos = turn.allocationOf(ALICE).relays().getFirst().expiryNanos();

        ByteBuf refresh = signed(turn.signedRequest(ALICE, StunMethod.REFRESH));
        append(refresh, Lifetime.TYPE, new byte[4]);
        StunEncoder.appendFingerprint(refresh, 0);
        assertThat(TurnFixture.codeIn(turn.receive(ALICE.key(), refresh))).isZero();
        assertThat(turn.allocationOf(ALICE).relays().getFirst().expiryNanos()).isGreaterThanOrEqualTo(expiryNanos);

        ByteBuf permission =
                signed(turn.signedRequest(ALICE, StunMethod.CREATE_PERMISSION, new XorPeerAddress(TurnFixture.PEER)));
        append(permission, XorPeerAddress.TYPE, new byte[] {0, 1, 0x21, 0x12, 0x29, 0x1A, (byte) 0xAC, 0x4A});
        assertThat(TurnFixture.codeIn(turn.receive(ALICE.key(), permission))).isZero();
        assertThat(turn.down(ALICE, TurnFixture.OTHER_PEER)).isNull();
    }

    @Test
    void row23Sha256BehindSha1IsNoUnknownAttribute() {
        ByteBuf request = signed(turn.signedRequest(ALICE, StunMethod.ALLOCATE, UDP));
        StunEncoder.appendIntegrity(request, 0, ALICE.longTermKey(), IntegrityAlgorithm.SHA256);
        List<TurnEffect> effects = turn.openRelays(turn.receive(ALICE.key(), request));
        assertThat(TurnFixture.codeIn(effects)).isZero();
        assertThat(TurnFixture.replyIn(effects).integrity()).isEqualTo(IntegrityAlgorithm.SHA256);
    }

    @Test
    void row24NothingBeforeAuthenticationChangesLaterRequests() {
        int origin = 0x802F;
        ByteBuf unsigned = Unpooled.buffer();
        StunEncoder.encode(StunMessage.request(StunMethod.ALLOCATE, turn.nextTransaction(), UDP), unsigned);
        append(unsigned, origin, "https://else.example".getBytes(StandardCharsets.UTF_8));
        append(unsigned, Realm.TYPE, "else.example".getBytes(StandardCharsets.UTF_8));
        StunMessage challenge =
                TurnFixture.replyIn(turn.receive(ALICE.key(), unsigned)).message();

        assertThat(challenge.find(Realm.class)).isEqualTo(new Realm(REALM));
        assertThat(TurnFixture.codeIn(turn.allocate(ALICE))).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"'", "\"", "%s%n", "*", "a\r\nSET x", "nul\0", "' OR 1=1 --", "a", "\u202Eecila"})
    void row25StrangeUsernamesAreUnknownUsers(String username) {
        List<TurnEffect> effects = allocate(ALICE, username, freshNonce());
        assertThat(effects).first().isEqualTo(new TurnEffect.Refused(ALICE.key(), RefusalReason.UNKNOWN_USER));
        assertThat(TurnFixture.codeIn(effects)).isEqualTo(401);
    }

    /** RFC 8489 section 14.3 has 763 bytes read, though no more than 508 are sent. */
    @ParameterizedTest
    @CsvSource({"508, 401", "513, 401", "763, 401", "764, 400", "1000, 400"})
    void row25LongUsernamesAreUnknownUsersUpToTheLimit(int length, int code) {
        ByteBuf bytes = Unpooled.buffer();
        StunMessage request = StunMessage.request(
                StunMethod.ALLOCATE, turn.nextTransaction(), UDP, new Realm(REALM), new Nonce(freshNonce()));
        StunEncoder.encode(request, bytes);
        append(bytes, Username.TYPE, "u".repeat(length).getBytes(StandardCharsets.UTF_8));
        StunEncoder.appendIntegrity(bytes, 0, ALICE.longTermKey(), IntegrityAlgorithm.SHA1);
        assertThat(TurnFixture.codeIn(turn.receive(ALICE.key(), bytes))).isEqualTo(code);
    }

    @Test
    void row27AccessTokensOfAnyLengthAreRefusedWhileThereIsNoOAuth() {
        for (int length = 0; length <= 2000; length++) {
            AccessToken token = new AccessToken(Bytes.of(new byte[length]));
            StunMessage signed = turn.signedRequest(ALICE, StunMethod.ALLOCATE, UDP, token);
            assertThat(TurnFixture.codeIn(turn.send(ALICE, signed, IntegrityAlgorithm.SHA1)))
                    .isEqualTo(420);
            StunMessage unsigned = StunMessage.request(StunMethod.ALLOCATE, turn.nextTransaction(), token);
            assertThat(TurnFixture.codeIn(turn.send(ALICE, unsigned, null))).isEqualTo(401);
        }
        assertThat(turn.server.allocationCount()).isZero();
    }

    @Test
    void row37AnExpiredUsernameCannotAllocate() {
        turn.users.stand("alice", Users.Standing.EXPIRED);
        assertThat(TurnFixture.codeIn(turn.allocate(ALICE))).isEqualTo(401);
    }

    @Test
    void row38ACredentialIsUselessAfterItsOwnerLeft() {
        turn.allocate(ALICE);
        turn.users.stand("alice", Users.Standing.GONE);
        assertThat(TurnFixture.codeIn(turn.refresh(ALICE, 600))).isEqualTo(401);
        assertThat(TurnFixture.codeIn(turn.allocate(ALICE.onPort(7)))).isEqualTo(401);
        assertThat(turn.handle(new TurnEvent.Revoked("alice"))).isNotEmpty();
        assertThat(turn.server.allocationCount()).isZero();
    }

    @Test
    void row39AnOldNonceGetsFourThirtyEightAndAFreshOne() {
        String nonce = freshNonce();
        turn.sleep(Lifetimes.NONCE.plus(Duration.ofHours(1)));
        List<TurnEffect> effects = allocate(ALICE, ALICE.username(), nonce);

        assertThat(TurnFixture.codeIn(effects)).isEqualTo(438);
        assertThat(nonceIn(effects)).isNotEqualTo(nonce);
        List<TurnEffect> again = turn.openRelays(allocate(ALICE, ALICE.username(), nonceIn(effects)));
        assertThat(TurnFixture.codeIn(again)).isZero();
    }

    private List<TurnEffect> allocate(TestClient client, String username, String nonce) {
        StunMessage request = StunMessage.request(
                StunMethod.ALLOCATE,
                turn.nextTransaction(),
                UDP,
                new Username(username),
                new Realm(REALM),
                new Nonce(nonce));
        return turn.send(client, request, IntegrityAlgorithm.SHA1);
    }

    private String freshNonce() {
        return turn.nonces.issue(ALICE.address(), turn.wallTime());
    }

    private static String nonceIn(List<TurnEffect> effects) {
        return TurnFixture.replyIn(effects)
                .message()
                .all(Nonce.class)
                .getFirst()
                .value();
    }

    private static ByteBuf signed(StunMessage request) {
        ByteBuf bytes = Unpooled.buffer();
        StunEncoder.encodeSigned(request, ALICE.longTermKey(), IntegrityAlgorithm.SHA1, bytes);
        return bytes;
    }

    private static void append(ByteBuf message, int type, byte[] value) {
        int paddingBytes = -value.length & 3;
        message.writeShort(type).writeShort(value.length).writeBytes(value).writeZero(paddingBytes);
        message.setShort(2, message.getUnsignedShort(2) + 4 + value.length + paddingBytes);
    }

    /** What a forged request costs before it is refused; the bound of the table is 20 microseconds for all of it. */
    @Test
    void section3Row5AMadeUpNonceIsFoundOutByOneHmac() {
        var nonces = new NonceIssuer(Secret.ofText("a secret of thirty-two or more bytes"), Lifetimes.NONCE);
        String ofBob = nonces.issue(BOB.key().address(), Instant.EPOCH);
        int rounds = 50_000;
        long best = Long.MAX_VALUE;
        int accepted = 0;
        for (int repetition = 0; repetition < 5; repetition++) {
            long start = System.nanoTime();
            for (int i = 0; i < rounds; i++) {
                accepted += nonces.check(ofBob, ALICE.key().address(), Instant.EPOCH) == NonceState.FORGED ? 0 : 1;
            }
            best = Math.min(best, (System.nanoTime() - start) / rounds);
        }
        System.out.printf("section 3 row 5: %d ns for the check of a nonce that is another's%n", best);
        assertThat(accepted).isZero();
        assertThat(best).isLessThan(1_000_000);
    }

    /** The row of expiry semantics: a renewed credential of the same name goes on with the allocation. */
    @Test
    void aRenewedCredentialOfTheSameNameRefreshesTheAllocation() {
        turn.allocate(ALICE);
        TestClient renewed = new TestClient(ALICE.key(), "2:alice", "newer");
        turn.users.add("2:alice", "newer");
        Attribute lifetime = new Lifetime(900);

        assertThat(TurnFixture.codeIn(turn.request(renewed, StunMethod.REFRESH, lifetime)))
                .isZero();
        assertThat(turn.allocationOf(ALICE).owner().username()).isEqualTo("2:alice");
        assertThat(TurnFixture.codeIn(turn.request(ALICE, StunMethod.REFRESH, lifetime)))
                .isZero();

        TestClient bob = new TestClient(ALICE.key(), BOB.username(), BOB.password());
        assertThat(TurnFixture.codeIn(turn.request(bob, StunMethod.REFRESH, lifetime)))
                .isEqualTo(441);
    }
}
