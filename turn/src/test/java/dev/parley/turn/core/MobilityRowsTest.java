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

/** What past vulnerabilities teach about moving clients, while there is no mobility (RFC 8016) here. */
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
}
