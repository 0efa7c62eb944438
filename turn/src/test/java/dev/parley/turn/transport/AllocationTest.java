package dev.parley.turn.transport;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.ice.address.TransportAddress;
import dev.parley.ice.stun.StunMessage;
import dev.parley.ice.stun.StunMethod;
import dev.parley.ice.stun.attribute.ErrorCode;
import dev.parley.ice.stun.attribute.RequestedTransport;
import dev.parley.ice.stun.attribute.XorMappedAddress;
import dev.parley.turn.core.EndReason;
import dev.parley.turn.core.TurnEvent;
import dev.parley.turn.loop.PacketClass;
import dev.parley.turn.loop.WireDrop;
import dev.parley.turn.socket.BindRefusal;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The life of relay sockets, as the core wants it and as the kernel lets it. */
class AllocationTest {
    private static final TransportAddress PEER = TransportAddress.parse("203.0.113.9:9999");
    private static final RequestedTransport UDP = new RequestedTransport(17);

    private final RelayFixture relay = RelayFixture.withLoops(1);
    private final FakeClient alice = relay.client(0, "192.0.2.1:5000", "alice");

    @AfterEach
    void close() {
        relay.close();
        assertThat(relay.counters().failures()).isZero();
    }

    @Test
    void aBindingRequestIsAnsweredWithTheSource() {
        StunMessage answer = alice.request(StunMethod.BINDING);

        assertThat(answer.find(XorMappedAddress.class))
                .isEqualTo(new XorMappedAddress(TransportAddress.parse("192.0.2.1:5000")));
        assertThat(relay.counters().packets(PacketClass.REQUEST)).isEqualTo(1);
        assertThat(relay.counters().packets(PacketClass.RESPONSE)).isEqualTo(1);
    }

    @Test
    void theClientLearnsTheAdvertisedAddressOfASocketThatIsBoundToAnother() {
        TransportAddress relayed = alice.allocate();

        assertThat(relayed.ip().toString()).isEqualTo("198.51.100.1");
        assertThat(relay.relay(relayed).isOpen()).isTrue();
        assertThat(relay.directory().findOwner(relayed)).isEqualTo("alice");
        assertThat(relay.directory().findOwner(TransportAddress.of(RelayFixture.SERVER.ip(), relayed.port())))
                .isEqualTo("alice");
        assertThat(relay.notices()).containsExactly("opened alice 192.0.2.1:5000 " + relayed);
        assertThat(relay.counters().allocationsLive()).isEqualTo(1);
    }

    @Test
    void aPortInUseIsReplacedByAnother() {
        relay.sockets().refuse(FakeSockets.EADDRINUSE, FakeSockets.EADDRINUSE);
        TransportAddress relayed = alice.allocate();

        assertThat(relay.relay(relayed).isOpen()).isTrue();
        assertThat(relay.counters().bindRefusals(BindRefusal.IN_USE)).isEqualTo(2);
    }

    @Test
    void withoutDescriptorsTheClientIsToldAndLaterServed() {
        int[] refusals = new int[8];
        java.util.Arrays.fill(refusals, FakeSockets.EMFILE);
        FakeClient bob = relay.client(0, "192.0.2.2:5000", "bob");
        bob.allocate();
        relay.sockets().refuse(refusals);
        FakeClient carol = relay.client(0, "192.0.2.3:5000", "carol");
        StunMessage refused = carol.allocateAnswer();

        assertThat(refused.find(ErrorCode.class)).extracting(ErrorCode::code).isEqualTo(508);
        assertThat(relay.counters().bindRefusals(BindRefusal.NO_DESCRIPTORS)).isPositive();
        alice.allocate();
    }

    @Test
    void anExpiredAllocationClosesItsSocketByTheTimerAlone() {
        TransportAddress relayed = alice.allocate();
        FakeSocket socket = relay.relay(relayed);

        relay.advance(Duration.ofMinutes(10).minusNanos(1));
        assertThat(socket.isOpen()).isTrue();
        relay.advance(Duration.ofNanos(1));
        assertThat(socket.isOpen()).isFalse();
        assertThat(relay.directory().isLive(relayed)).isFalse();
        assertThat(relay.notices()).contains("ended alice 192.0.2.1:5000 " + relayed + " expired");
        assertThat(relay.counters().allocationsEnded(EndReason.EXPIRED)).isEqualTo(1);
    }

    @Test
    void aRevokedUserLosesTheSocketAndOthersDoNot() {
        TransportAddress ofAlice = alice.allocate();
        TransportAddress ofBob = relay.client(0, "192.0.2.2:5000", "bob").allocate();
        relay.loops().forEach(loop -> loop.post(new TurnEvent.Revoked("alice")));
        relay.runTasks();

        assertThat(relay.relay(ofAlice).isOpen()).isFalse();
        assertThat(relay.relay(ofBob).isOpen()).isTrue();
        assertThat(relay.counters().allocationsEnded(EndReason.REVOKED)).isEqualTo(1);
        assertThat(relay.counters().allocationsLive()).isEqualTo(1);
    }

    @Test
    void aSocketThatDiesTakesItsAllocationWithIt() {
        TransportAddress relayed = alice.allocate();
        relay.relay(relayed).receiver().lost();

        assertThat(relay.counters().allocationsEnded(EndReason.RELAY_LOST)).isEqualTo(1);
        assertThat(relay.directory().isLive(relayed)).isFalse();
    }

    @Test
    void whatIsGatheredForASocketThatClosesIsReleased() {
        alice.allocate();
        alice.bind(0x4000, PEER);
        // Data and the end of the allocation in one wake-up: the data was never flushed.
        alice.send(
                FakeClient.channelData(0x4000, "cafe"),
                alice.requestBytes(StunMethod.REFRESH, new dev.parley.ice.stun.attribute.Lifetime(0)));

        assertThat(relay.counters().allocationsEnded(EndReason.DELETED)).isEqualTo(1);
    }

    @Test
    void drainingRefusesNewAllocationsAndKeepsOldOnes() {
        TransportAddress relayed = alice.allocate();
        relay.loops().forEach(loop -> loop.post(new TurnEvent.DrainStarted()));
        relay.runTasks();

        FakeClient bob = relay.client(0, "192.0.2.2:5000", "bob");
        assertThat(bob.allocateAnswer().find(ErrorCode.class)).isNotNull();
        assertThat(relay.relay(relayed).isOpen()).isTrue();
    }

    @Test
    void unauthenticatedAllocatesGetTenAnswersASecondAndLeaveNoState() {
        FakeClient spoofed = relay.client(0, "192.0.2.50:5000", "nobody");
        for (int i = 0; i < 1000; i++) {
            spoofed.send(spoofed.requestBytes(StunMethod.ALLOCATE, UDP));
        }

        assertThat(RelayFixture.sent(relay.listener(0))).hasSize(10);
        assertThat(relay.counters().drops(WireDrop.RESPONSE_BUDGET)).isEqualTo(990);
        assertThat(relay.core(0).allocationCount()).isZero();
        assertThat(relay.core(0).nextDeadlineNanos()).isEqualTo(Long.MAX_VALUE);
    }
}
