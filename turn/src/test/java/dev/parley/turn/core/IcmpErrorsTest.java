package dev.parley.turn.core;

import static dev.parley.turn.core.TurnFixture.ALICE;
import static dev.parley.turn.core.TurnFixture.BOB;
import static dev.parley.turn.core.TurnFixture.DENIED_PEER;
import static dev.parley.turn.core.TurnFixture.OTHER_PEER;
import static dev.parley.turn.core.TurnFixture.PEER;
import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.ice.address.AddressFamily;
import dev.parley.ice.address.Cidr;
import dev.parley.ice.address.TransportAddress;
import dev.parley.ice.stun.StunClass;
import dev.parley.ice.stun.StunMessage;
import dev.parley.ice.stun.StunMethod;
import dev.parley.ice.stun.TransactionId;
import dev.parley.ice.stun.attribute.Icmp;
import dev.parley.ice.stun.attribute.RequestedAddressFamily;
import dev.parley.ice.stun.attribute.XorPeerAddress;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** RFC 8656 section 11.5. */
class IcmpErrorsTest {
    private final TurnFixture turn = TurnFixture.withAllocation(ALICE);

    @Test
    void theClientIsToldWhichPeerItWasAndWhy() {
        turn.createPermission(ALICE, PEER);
        IcmpIndication told = icmp(PEER, 3, 3, 99);
        if (told == null) {
            throw new AssertionError("not told");
        }
        StunMessage message = told.message(new TransactionId(1, 2));
        assertThat(message.messageClass()).isEqualTo(StunClass.INDICATION);
        assertThat(message.method()).isEqualTo(StunMethod.DATA);
        assertThat(message.attributes()).containsExactly(new XorPeerAddress(PEER), new Icmp(3, 3, 0));
    }

    @Test
    void onlyTheTooBigMessagesCarryAnMtu() {
        turn.createPermission(ALICE, PEER);
        assertThat(icmp(PEER, 3, 4, 1400)).matches(told -> told.icmp().equals(new Icmp(3, 4, 1400)));
        assertThat(icmp(PEER, 11, 0, 1400)).matches(told -> told.icmp().equals(new Icmp(11, 0, 0)));
    }

    @Test
    void ofIcmpOnlyTypes3And11AreToldAndOfIcmpv6Only1To3() {
        turn.createPermission(ALICE, PEER);
        for (int type = 0; type <= 0xFF; type++) {
            turn.sleep(Duration.ofSeconds(1));
            assertThat(icmp(PEER, type, 0, 0) != null).isEqualTo(type == 3 || type == 11);
        }
        TurnFixture dual = TurnFixture.dualStack();
        TransportAddress peer = TransportAddress.parse("[2606:4700::1111]:53");
        dual.allocate(ALICE, RequestedAddressFamily.of(AddressFamily.IPV6));
        dual.createPermission(ALICE, peer);
        for (int type = 0; type <= 0xFF; type++) {
            dual.sleep(Duration.ofSeconds(1));
            IcmpIndication told =
                    dual.server.indicationFromIcmp(dual.relayOf(ALICE), peer, type, 0, 1280, dual.nowNanos());
            assertThat(told != null).isEqualTo(type >= 1 && type <= 3);
            assertThat(told == null || told.icmp().data() == (type == 2 ? 1280 : 0))
                    .isTrue();
        }
    }

    @Test
    void withoutPermissionNothingIsTold() {
        assertDropped(icmp(PEER, 3, 3, 0), DropReason.NO_PERMISSION);
        turn.createPermission(ALICE, PEER);
        assertDropped(icmp(OTHER_PEER, 3, 3, 0), DropReason.NO_PERMISSION);
        turn.sleep(Lifetimes.PERMISSION);
        assertDropped(icmp(PEER, 3, 3, 0), DropReason.NO_PERMISSION);
    }

    @Test
    void portsDoNotMatterAndMayBeUnknown() {
        turn.createPermission(ALICE, PEER);
        assertThat(icmp(PEER.withPort(7), 3, 3, 0)).isNotNull();
        assertThat(icmp(PEER.withPort(0), 3, 3, 0)).matches(told -> told.peer().port() == 0);
    }

    @Test
    void deniedPeersAndRelaysOfThisServerAreNotTold() {
        turn.createPermission(ALICE, PEER);
        turn.scope.shutOut(PEER);
        assertDropped(icmp(PEER, 3, 3, 0), DropReason.PEER_DENIED);
        turn.scope.letIn(PEER);
        turn.handle(new TurnEvent.RulesChanged(turn.rules(List.of(Cidr.parse("9.0.0.0/8")))));
        assertDropped(icmp(PEER, 3, 3, 0), DropReason.NO_PERMISSION);
        turn.allocate(BOB);
        turn.createPermission(ALICE, turn.relayedOf(BOB));
        assertDropped(icmp(turn.relayedOf(BOB), 3, 3, 0), DropReason.PEER_DENIED);
        assertDropped(icmp(DENIED_PEER, 3, 3, 0), DropReason.NO_PERMISSION);
    }

    @Test
    void aDeadAllocationIsToldNothing() {
        turn.createPermission(ALICE, PEER);
        Relay relay = turn.relayOf(ALICE);
        turn.refresh(ALICE, 0);
        assertDropped(turn.server.indicationFromIcmp(relay, PEER, 3, 3, 0, turn.nowNanos()), DropReason.NO_ALLOCATION);
    }

    @Test
    void errorsAreToldAtTheLimitAndNotBeyond() {
        turn.createPermission(ALICE, PEER);
        int limit = TurnLimits.DEFAULT.icmpPerSecond();
        for (int i = 0; i < limit; i++) {
            assertThat(icmp(PEER, 3, 3, 0)).isNotNull();
        }
        assertDropped(icmp(PEER, 3, 3, 0), DropReason.ICMP_LIMIT);
        turn.sleep(Duration.ofMillis(1000 / limit));
        assertThat(icmp(PEER, 3, 3, 0)).isNotNull();
        assertDropped(icmp(PEER, 3, 3, 0), DropReason.ICMP_LIMIT);
    }

    private void assertDropped(@Nullable IcmpIndication indication, DropReason reason) {
        assertThat(indication).isNull();
        assertThat(turn.server.lastDropReason()).isEqualTo(reason);
    }

    private @Nullable IcmpIndication icmp(TransportAddress peer, int type, int code, long data) {
        return turn.server.indicationFromIcmp(turn.relayOf(ALICE), peer, type, code, data, turn.nowNanos());
    }
}
