package dev.parley.turn.core;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.ice.credential.AccessTokens;
import dev.parley.ice.credential.LongTermKey;
import dev.parley.ice.credential.TokenKey;
import dev.parley.ice.stun.IntegrityAlgorithm;
import dev.parley.ice.stun.StunEncoder;
import dev.parley.ice.stun.StunMessage;
import dev.parley.ice.stun.StunMethod;
import dev.parley.ice.stun.attribute.AccessToken;
import dev.parley.ice.stun.attribute.Attribute;
import dev.parley.ice.stun.attribute.Bytes;
import dev.parley.ice.stun.attribute.ConnectionId;
import dev.parley.ice.stun.attribute.EvenPort;
import dev.parley.ice.stun.attribute.Lifetime;
import dev.parley.ice.stun.attribute.RequestedTransport;
import dev.parley.ice.stun.attribute.ReservationToken;
import dev.parley.ice.stun.attribute.ThirdPartyAuthorization;
import dev.parley.ice.stun.attribute.XorPeerAddress;
import dev.parley.ice.stun.attribute.XorRelayedAddress;
import dev.parley.turn.quota.QuotaLimits;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;

/** Third-party authorization (RFC 7635). */
class OAuthTest {
    private static final String SERVER = "turn.example";
    private static final byte[] NORTH = "north key of thirty-two bytes...".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] UNION = "a 16 byte secret".getBytes(StandardCharsets.US_ASCII);
    private static final AccessTokens TOKENS = new AccessTokens(
            SERVER,
            List.of(
                    TokenKey.of("north", NORTH, Instant.EPOCH, Instant.MAX),
                    TokenKey.of("union", UNION, Instant.EPOCH, Instant.MAX)));
    private static final byte[] SESSION = "twenty bytes of key.".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] OTHER_SESSION = "thirty-two bytes of session key.".getBytes(StandardCharsets.US_ASCII);
    private static final RequestedTransport UDP = new RequestedTransport(RequestedTransport.UDP);

    private static final TestClient NORTHERN =
            new TestClient(TurnFixture.ALICE.key(), "north", "the password is the token's key");

    private final TurnFixture turn = TurnFixture.with(TurnExtensions.NONE.with(TOKENS), new QuotaLimits(1, 9, 9));

    @Test
    void theChallengeNamesTheServerATokenIsFor() {
        StunMessage request = StunMessage.request(StunMethod.ALLOCATE, turn.nextTransaction(), UDP);
        StunMessage challenge =
                TurnFixture.replyIn(turn.send(NORTHERN, request, null)).message();
        assertThat(challenge.find(ThirdPartyAuthorization.class)).isEqualTo(new ThirdPartyAuthorization(SERVER));
    }

    @Test
    void aTokenAllocatesAndItsKeySignsTheAnswer() {
        TurnEffect.Reply reply = TurnFixture.replyIn(allocate(token(SERVER, NORTH, SESSION, 600)));
        assertThat(reply.refusal()).isNull();
        assertThat(reply.key()).isEqualTo(LongTermKey.ofBytes(SESSION));
    }

    @Test
    void lifetimesEndWithTheToken() {
        List<TurnEffect> effects = allocate(token(SERVER, NORTH, SESSION, 100));
        assertThat(TurnFixture.replyIn(effects).message().find(Lifetime.class)).isEqualTo(new Lifetime(105));

        turn.sleep(Duration.ofSeconds(50));
        List<TurnEffect> refreshed = send("north", SESSION, StunMethod.REFRESH, new Lifetime(3600));
        assertThat(TurnFixture.replyIn(refreshed).message().find(Lifetime.class))
                .isEqualTo(new Lifetime(55));
        turn.sleep(Duration.ofSeconds(54));
        assertThat(TurnFixture.codeIn(send("north", SESSION, StunMethod.REFRESH)))
                .isZero();
    }

    @Test
    void anotherTokenRenewsTheAllocationEvenOfAnotherKey() {
        allocate(token(SERVER, NORTH, SESSION, 100));
        AccessToken next = token(SERVER, UNION, OTHER_SESSION, 900);
        List<TurnEffect> effects = send("union", OTHER_SESSION, StunMethod.REFRESH, next, new Lifetime(800));

        assertThat(TurnFixture.codeIn(effects)).isZero();
        assertThat(TurnFixture.replyIn(effects).message().find(Lifetime.class)).isEqualTo(new Lifetime(800));
        assertThat(TurnFixture.codeIn(send("union", OTHER_SESSION, StunMethod.REFRESH)))
                .isZero();
        assertThat(TurnFixture.codeIn(send("north", SESSION, StunMethod.REFRESH)))
                .isEqualTo(401);
    }

    @Test
    void aPasswordDoesNotContinueWhatATokenBegan() {
        allocate(token(SERVER, NORTH, SESSION, 100));
        assertThat(TurnFixture.codeIn(turn.refresh(TurnFixture.ALICE, 600))).isEqualTo(441);
    }

    /** Clients take a token for each allocation, and the two ports of RTP and RTCP are two. */
    @Test
    void aReservedPortGoesToWhoeverHasATokenOfAnyKeyAndToNobodyWithAPassword() {
        AccessToken token = token(SERVER, NORTH, SESSION, 600);
        StunMessage first = TurnFixture.replyIn(
                        turn.openRelays(send("north", SESSION, StunMethod.ALLOCATE, UDP, token, new EvenPort(true))))
                .message();
        ReservationToken reservation = Objects.requireNonNull(first.find(ReservationToken.class));
        StunMessage stolen = turn.signedRequest(TurnFixture.BOB, StunMethod.ALLOCATE, UDP, reservation);
        assertThat(TurnFixture.codeIn(turn.send(TurnFixture.BOB, stolen, IntegrityAlgorithm.SHA1)))
                .isEqualTo(508);

        TestClient second = NORTHERN.onPort(7);
        AccessToken other = token(SERVER, UNION, OTHER_SESSION, 600);
        StunMessage answer = TurnFixture.replyIn(turn.openRelays(
                        sendFrom(second.key(), "union", OTHER_SESSION, StunMethod.ALLOCATE, UDP, other, reservation)))
                .message();
        assertThat(relayedPort(answer)).isEqualTo(relayedPort(first) + 1);
    }

    /** The data connection shows no token: the key of the allocation signs (RFC 6062 section 4.3). */
    @Test
    void aDataConnectionIsBoundWithTheKeyOfTheTokenThatAllocated() {
        TurnFixture tcp = TurnFixture.with(TurnExtensions.NONE.with(TOKENS).withTcpRelay(1), new QuotaLimits(9, 9, 9));
        TestClient control = TestClient.over(ClientTransport.TCP, "198.51.100.7:40000", "north");
        AccessToken token = token(SERVER, NORTH, SESSION, 600);
        tcp.openRelays(sendTo(
                tcp, control, SESSION, StunMethod.ALLOCATE, new RequestedTransport(RequestedTransport.TCP), token));
        List<TurnEffect> connecting =
                sendTo(tcp, control, SESSION, StunMethod.CONNECT, new XorPeerAddress(TurnFixture.PEER));
        int id = ((TurnEffect.ConnectPeer) connecting.getFirst()).connectionId();
        tcp.handle(new TurnEvent.PeerConnected(id));

        ConnectionId named = new ConnectionId(Integer.toUnsignedLong(id));
        TestClient data = control.onPort(40001);
        assertThat(TurnFixture.codeIn(sendTo(tcp, data, OTHER_SESSION, StunMethod.CONNECTION_BIND, named)))
                .isEqualTo(401);
        assertThat(TurnFixture.codeIn(sendTo(tcp, data, SESSION, StunMethod.CONNECTION_BIND, named)))
                .isZero();
    }

    private static int relayedPort(StunMessage answer) {
        return Objects.requireNonNull(answer.find(XorRelayedAddress.class))
                .address()
                .port();
    }

    @Test
    void oneTokenIsOneUserForTheQuota() {
        allocate(token(SERVER, NORTH, SESSION, 600));
        TestClient second = NORTHERN.onPort(7);
        StunMessage again = turn.signedRequest(second, StunMethod.ALLOCATE, UDP, token(SERVER, NORTH, SESSION, 600));
        ByteBuf bytes = Unpooled.buffer();
        StunEncoder.encodeSigned(again, LongTermKey.ofBytes(SESSION), IntegrityAlgorithm.SHA1, bytes);
        assertThat(TurnFixture.codeIn(turn.receive(second.key(), bytes))).isEqualTo(486);
    }

    @Test
    void theFirstSixteenBytesOfATwentyByteKeySignTooAsCoturnDoes() {
        byte[] half = Arrays.copyOf(SESSION, 16);
        AccessToken token = token(SERVER, NORTH, SESSION, 600);
        List<TurnEffect> effects = turn.openRelays(send("north", half, StunMethod.ALLOCATE, UDP, token));
        assertThat(TurnFixture.replyIn(effects).key()).isEqualTo(LongTermKey.ofBytes(half));
        assertThat(TurnFixture.codeIn(send("north", half, StunMethod.REFRESH))).isZero();

        byte[] otherHalf = Arrays.copyOf(OTHER_SESSION, 16);
        assertReason(token(SERVER, NORTH, OTHER_SESSION, 600), "north", otherHalf, RefusalReason.WRONG_INTEGRITY);
    }

    @Test
    void whatIsNoGoodTokenIsUnauthenticated() {
        assertReason(token("else.example", NORTH, SESSION, 600), "north", SESSION, RefusalReason.BAD_TOKEN);
        assertReason(token(SERVER, UNION, SESSION, 600), "north", SESSION, RefusalReason.BAD_TOKEN);
        assertReason(token(SERVER, NORTH, SESSION, 600), "south", SESSION, RefusalReason.UNKNOWN_TOKEN_KEY);
        assertReason(token(SERVER, NORTH, SESSION, 600), "north", OTHER_SESSION, RefusalReason.WRONG_INTEGRITY);
        AccessToken old = token(SERVER, NORTH, SESSION, 100);
        turn.sleep(Duration.ofSeconds(105));
        assertReason(old, "north", SESSION, RefusalReason.EXPIRED_CREDENTIAL);
    }

    @Test
    void row27TokensOfAnyLengthAreUnauthenticated() {
        for (int length = 0; length <= 2000; length++) {
            byte[] bytes = new byte[length];
            if (length > 1) {
                bytes[1] = 12;
            }
            assertReason(new AccessToken(Bytes.of(bytes)), "north", SESSION, RefusalReason.BAD_TOKEN);
        }
        assertThat(turn.server.allocationCount()).isZero();
    }

    private void assertReason(AccessToken token, String kid, byte[] key, RefusalReason reason) {
        List<TurnEffect> effects = send(kid, key, StunMethod.ALLOCATE, UDP, token);
        assertThat(effects).first().isEqualTo(new TurnEffect.Refused(NORTHERN.key(), reason));
        assertThat(TurnFixture.codeIn(effects)).isEqualTo(401);
    }

    private List<TurnEffect> allocate(AccessToken token) {
        return turn.openRelays(send("north", SESSION, StunMethod.ALLOCATE, UDP, token));
    }

    private List<TurnEffect> send(String kid, byte[] key, StunMethod method, Attribute... attributes) {
        return sendFrom(NORTHERN.key(), kid, key, method, attributes);
    }

    private List<TurnEffect> sendFrom(
            ClientKey from, String kid, byte[] key, StunMethod method, Attribute... attributes) {
        return sendTo(turn, new TestClient(from, kid, NORTHERN.password()), key, method, attributes);
    }

    private static List<TurnEffect> sendTo(
            TurnFixture server, TestClient client, byte[] key, StunMethod method, Attribute... attributes) {
        StunMessage request = server.signedRequest(client, method, attributes);
        ByteBuf bytes = Unpooled.buffer();
        StunEncoder.encodeSigned(request, LongTermKey.ofBytes(key), IntegrityAlgorithm.SHA1, bytes);
        return server.receive(client.key(), bytes);
    }

    /** What an authorization server gives a client, from now on. */
    private AccessToken token(String server, byte[] authorityKey, byte[] sessionKey, int lifetimeSeconds) {
        ByteBuffer plain = ByteBuffer.allocate(2 + sessionKey.length + 12);
        plain.putShort((short) sessionKey.length).put(sessionKey);
        plain.putLong(turn.wallTime().getEpochSecond() << 16).putInt(lifetimeSeconds);
        byte[] nonce = new byte[12];
        try {
            Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
            cipher.init(Cipher.ENCRYPT_MODE, new SecretKeySpec(authorityKey, "AES"), new GCMParameterSpec(128, nonce));
            cipher.updateAAD(server.getBytes(StandardCharsets.UTF_8));
            byte[] sealed = cipher.doFinal(plain.array());
            ByteBuffer token = ByteBuffer.allocate(2 + nonce.length + sealed.length);
            return new AccessToken(
                    Bytes.of(token.putShort((short) 12).put(nonce).put(sealed).array()));
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }
}
