package dev.parley.turn.core;

import static dev.parley.turn.core.TurnFixture.ALICE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.parley.ice.address.TransportAddress;
import dev.parley.ice.stun.IntegrityAlgorithm;
import dev.parley.ice.stun.StunMessage;
import dev.parley.ice.stun.StunMethod;
import dev.parley.ice.stun.attribute.AlternateDomain;
import dev.parley.ice.stun.attribute.AlternateServer;
import dev.parley.ice.stun.attribute.RequestedTransport;
import dev.parley.turn.quota.QuotaLimits;
import java.util.List;
import org.junit.jupiter.api.Test;

/** ALTERNATE-SERVER and ALTERNATE-DOMAIN (RFC 8489 section 10). */
class RedirectTest {
    private static final TransportAddress IPV4 = TransportAddress.parse("203.0.113.9:3478");
    private static final TransportAddress IPV6 = TransportAddress.parse("[2606:4700::9]:3478");
    private static final Alternates BOTH = new Alternates(List.of(IPV6, IPV4), "other.example");
    private static final TestClient OVER_TLS =
            TestClient.over(ClientTransport.TLS, "198.51.100.7:40000", ALICE.username());

    @Test
    void whileDrainingAStrangerIsSentAwayAtOnceAndUnsigned() {
        TurnFixture turn = draining(BOTH);
        List<TurnEffect> effects = turn.send(ALICE, allocate(turn), null);

        assertThat(TurnFixture.codeIn(effects)).isEqualTo(300);
        assertThat(TurnFixture.replyIn(effects).key()).isNull();
        assertThat(TurnFixture.replyIn(effects).mayAmplify()).isTrue();
        assertThat(TurnFixture.replyIn(effects).message().all(AlternateServer.class))
                .containsExactly(new AlternateServer(IPV4), new AlternateServer(IPV6));
    }

    @Test
    void aSignedRequestGetsASignedAnswer() {
        TurnFixture turn = draining(BOTH);
        List<TurnEffect> effects = turn.allocate(ALICE);

        assertThat(effects).first().isEqualTo(new TurnEffect.Refused(ALICE.key(), RefusalReason.DRAINING));
        assertThat(TurnFixture.codeIn(effects)).isEqualTo(300);
        assertThat(TurnFixture.replyIn(effects).key()).isEqualTo(ALICE.longTermKey());
    }

    @Test
    void theDomainIsForWhoIsSignedWithSha256OverTls() {
        TurnFixture turn = draining(BOTH);
        StunMessage request = turn.signedRequest(OVER_TLS, StunMethod.ALLOCATE, udp());
        TurnEffect.Reply strong = TurnFixture.replyIn(turn.send(OVER_TLS, request, IntegrityAlgorithm.SHA256));
        StunMessage plain = turn.signedRequest(ALICE, StunMethod.ALLOCATE, udp());
        TurnEffect.Reply overUdp = TurnFixture.replyIn(turn.send(ALICE, plain, IntegrityAlgorithm.SHA256));
        TurnEffect.Reply weak = TurnFixture.replyIn(turn.allocate(OVER_TLS));

        assertThat(strong.message().find(AlternateDomain.class)).isEqualTo(new AlternateDomain("other.example"));
        assertThat(weak.message().has(AlternateDomain.class)).isFalse();
        assertThat(overUdp.message().has(AlternateDomain.class)).isFalse();
    }

    @Test
    void aClientOfAnotherFamilyIsRefusedAsWithoutAlternates() {
        TurnFixture turn = draining(new Alternates(List.of(IPV6), null));
        assertThat(TurnFixture.codeIn(turn.allocate(ALICE))).isEqualTo(508);
        assertThat(TurnFixture.codeIn(turn.send(ALICE, allocate(turn), null))).isEqualTo(401);
    }

    @Test
    void aFullServerSendsAwayOnlyWhoProvedWhoHeIs() {
        TurnFixture turn = TurnFixture.with(TurnExtensions.NONE.with(BOTH), new QuotaLimits(9, 9, 1));
        turn.allocate(ALICE);

        assertThat(TurnFixture.codeIn(turn.allocate(TurnFixture.BOB))).isEqualTo(300);
        assertThat(TurnFixture.codeIn(turn.send(TurnFixture.BOB, allocate(turn), null)))
                .isEqualTo(401);
    }

    @Test
    void aUserOverHisOwnQuotaIsNotSentToFillAnotherServer() {
        TurnFixture turn = TurnFixture.with(TurnExtensions.NONE.with(BOTH), new QuotaLimits(1, 9, 9));
        turn.allocate(ALICE);
        assertThat(TurnFixture.codeIn(turn.allocate(ALICE.onPort(9)))).isEqualTo(486);
    }

    @Test
    void thereIsOneServerOfEachFamily() {
        assertThatIllegalArgumentException().isThrownBy(() -> new Alternates(List.of(IPV4, IPV4), null));
    }

    private static TurnFixture draining(Alternates alternates) {
        TurnFixture turn = TurnFixture.with(TurnExtensions.NONE.with(alternates), new QuotaLimits(9, 9, 9));
        turn.handle(new TurnEvent.DrainStarted());
        return turn;
    }

    private static StunMessage allocate(TurnFixture turn) {
        return StunMessage.request(StunMethod.ALLOCATE, turn.nextTransaction(), udp());
    }

    private static RequestedTransport udp() {
        return new RequestedTransport(RequestedTransport.UDP);
    }
}
