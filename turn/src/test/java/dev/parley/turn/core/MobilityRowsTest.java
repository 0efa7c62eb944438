package dev.parley.turn.core;

import static dev.parley.turn.core.TurnFixture.ALICE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.ice.stun.StunMessage;
import dev.parley.ice.stun.StunMethod;
import dev.parley.ice.stun.attribute.Bytes;
import dev.parley.ice.stun.attribute.MobilityTicket;
import dev.parley.turn.quota.QuotaLimits;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What past vulnerabilities teach about moving clients, with mobility (RFC 8016) and, as by default, without. */
class MobilityRowsTest {
    private static final MobilityTicket WISH = new MobilityTicket(Bytes.EMPTY);
    private static final MobilityTicket TICKET = new MobilityTicket(Bytes.of(new byte[32]));
    private static final TestClient OVER_TCP =
            TestClient.over(ClientTransport.TCP, "198.51.100.7:40000", ALICE.username());

    @Test
    void row21AHundredLostConnectionsNeverLeaveTwoRelayPortsOfOneUser() {
        TurnFixture turn = TurnFixture.with(TurnExtensions.NONE, new QuotaLimits(1, 9, 9));
        for (int port = 1; port <= 100; port++) {
            TestClient client = OVER_TCP.onPort(port);
            assertThat(TurnFixture.codeIn(turn.allocate(client, WISH))).isZero();
            assertThat(TurnFixture.codeIn(turn.allocate(client.onPort(1000 + port))))
                    .isEqualTo(486);
            turn.handle(new TurnEvent.ClientGone(client.key()));

            assertThat(turn.server.allocationCount()).isZero();
            assertThat(turn.liveRelays).isEmpty();
            assertThat(turn.quotas.total()).isZero();
        }
    }

    @Test
    void row22NoTicketIsIssuedAndNoneIsHonoured() {
        TurnFixture turn = new TurnFixture();
        StunMessage answer = TurnFixture.replyIn(turn.allocate(ALICE, WISH)).message();
        assertThat(answer.has(MobilityTicket.class)).isFalse();

        List<TurnEffect> here = turn.request(ALICE, StunMethod.REFRESH, TICKET);
        assertThat(TurnFixture.codeIn(here)).isZero();
        assertThat(TurnFixture.replyIn(here).message().has(MobilityTicket.class))
                .isFalse();
        List<TurnEffect> elsewhere = turn.request(ALICE.onPort(9), StunMethod.REFRESH, TICKET);
        assertThat(TurnFixture.codeIn(elsewhere)).isEqualTo(437);
    }

    @Test
    void row21WithMobilityALostConnectionHoldsItsQuotaUntilTheAllocationExpires() {
        TurnFixture turn = new MobileTurn(new QuotaLimits(1, 9, 9)).turn;
        assertThat(TurnFixture.codeIn(turn.allocate(OVER_TCP, WISH))).isZero();
        for (int port = 1; port <= 100; port++) {
            turn.handle(new TurnEvent.ClientGone(OVER_TCP.onPort(port - 1).key()));
            assertThat(TurnFixture.codeIn(turn.allocate(OVER_TCP.onPort(port), WISH)))
                    .isIn(486, 437);
            assertThat(turn.liveRelays).hasSize(1);
            assertThat(turn.quotas.total()).isEqualTo(1);
        }
        turn.advanceTo(Lifetimes.ALLOCATION_DEFAULT.toNanos());
        assertThat(turn.quotas.total()).isZero();
        assertThat(TurnFixture.codeIn(turn.allocate(OVER_TCP.onPort(1), WISH))).isZero();
    }

    @Test
    void row21TheQuotaGoesBackToTheAddressThatItWasTakenFrom() {
        MobileTurn mobile = new MobileTurn(new QuotaLimits(9, 1, 9));
        TestClient elsewhere = TestClient.of("192.0.2.9:1111", ALICE.username());
        Bytes ticket = mobile.allocate(ALICE);
        mobile.move(elsewhere, ticket);
        mobile.data(elsewhere);

        assertThat(TurnFixture.codeIn(mobile.turn.allocate(ALICE.onPort(9)))).isEqualTo(486);
        assertThat(TurnFixture.codeIn(mobile.turn.allocate(elsewhere.onPort(9))))
                .isZero();
        mobile.turn.refresh(elsewhere, 0);
        assertThat(TurnFixture.codeIn(mobile.turn.allocate(ALICE.onPort(9)))).isZero();
    }

    @Test
    void row22AFloodOfResumptionsLeavesNothingAndEndsNothing() {
        MobileTurn mobile = new MobileTurn();
        Bytes ticket = mobile.allocateWithChannel(ALICE);
        for (int port = 1; port <= 10_000; port++) {
            TestClient stranger = TurnFixture.BOB.onPort(port);
            byte[] forged = ticket.toArray();
            forged[port % forged.length] ^= (byte) (port % 255 + 1);
            assertThat(TurnFixture.codeIn(mobile.refresh(stranger, Bytes.of(forged))))
                    .isEqualTo(400);
            assertThat(TurnFixture.codeIn(mobile.refresh(stranger, ticket))).isEqualTo(441);
            assertThat(mobile.turn.server.isClient(stranger.key())).isFalse();
        }
        assertThat(mobile.turn.server.allocationCount()).isEqualTo(1);
        assertThat(mobile.turn.up(ALICE, TurnFixture.CHANNEL)).isNotNull();
        mobile.move(ALICE.onPort(9), ticket);
    }

    @Test
    void row22TheOwnersOwnFloodKeepsTwoFiveTuplesAtMost() {
        MobileTurn mobile = new MobileTurn();
        Bytes ticket = mobile.allocate(ALICE);
        for (int port = 1; port <= 1000; port++) {
            mobile.move(ALICE.onPort(port), ticket);
            assertThat(mobile.turn.server.isClient(ALICE.onPort(port - 1).key()))
                    .isFalse();
        }
        assertThat(mobile.turn.server.isClient(ALICE.key())).isTrue();
        assertThat(mobile.turn.server.isClient(ALICE.onPort(1000).key())).isTrue();
    }
}
