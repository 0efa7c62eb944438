package dev.parley.turn.transport;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.ice.address.TransportAddress;
import dev.parley.turn.core.DropReason;
import dev.parley.turn.loop.PacketClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Two relay-only clients of one server, on one event loop and on two. */
class HairpinTest {
    private static final int CHANNEL = 0x4000;

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void aPacketGoesFromAllocationToAllocationWithoutASocketAndOnlyOnce(int loops) {
        try (RelayFixture relay = RelayFixture.withLoops(loops)) {
            FakeClient alice = relay.client(0, "192.0.2.1:5000", "alice");
            FakeClient bob = relay.client(loops - 1, "192.0.2.2:5000", "bob");
            TransportAddress ofAlice = alice.allocate();
            TransportAddress ofBob = bob.allocate();
            alice.bind(CHANNEL, ofBob);
            bob.bind(CHANNEL + 1, ofAlice);

            alice.send(FakeClient.channelData(CHANNEL, "cafe"));
            relay.runTasks();

            assertThat(RelayFixture.sent(relay.listener(loops - 1))).containsExactly("192.0.2.2:5000 40010002cafe");
            assertThat(RelayFixture.sent(relay.relay(ofAlice))).isEmpty();
            assertThat(RelayFixture.sent(relay.relay(ofBob))).isEmpty();
            assertThat(relay.counters().packets(PacketClass.HAIRPIN)).isEqualTo(1);
            assertThat(relay.counters().failures()).isZero();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void theReceiversOwnPermissionIsNeeded(int loops) {
        try (RelayFixture relay = RelayFixture.withLoops(loops)) {
            FakeClient alice = relay.client(0, "192.0.2.1:5000", "alice");
            FakeClient bob = relay.client(loops - 1, "192.0.2.2:5000", "bob");
            alice.allocate();
            alice.bind(CHANNEL, bob.allocate());

            alice.send(FakeClient.channelData(CHANNEL, "cafe"));
            relay.runTasks();

            assertThat(RelayFixture.sent(relay.listener(loops - 1))).isEmpty();
            assertThat(relay.counters().drops(DropReason.NO_PERMISSION)).isEqualTo(1);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void thePeerMayAlsoBeNamedByTheAddressItsSocketIsBoundTo(int loops) {
        try (RelayFixture relay = RelayFixture.withLoops(loops)) {
            FakeClient alice = relay.client(0, "192.0.2.1:5000", "alice");
            FakeClient bob = relay.client(loops - 1, "192.0.2.2:5000", "bob");
            TransportAddress ofAlice = alice.allocate();
            TransportAddress ofBob = bob.allocate();
            alice.bind(CHANNEL, TransportAddress.of(RelayFixture.SERVER.ip(), ofBob.port()));
            bob.permit(ofAlice);

            alice.send(FakeClient.channelData(CHANNEL, "cafe"));
            relay.runTasks();

            assertThat(RelayFixture.sent(relay.listener(loops - 1)))
                    .hasSize(1)
                    .first()
                    .asString()
                    .contains("cafe");
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void aSpoofedPacketFromARelayedAddressIsNotTakenFromTheWire(int loops) {
        try (RelayFixture relay = RelayFixture.withLoops(loops)) {
            FakeClient alice = relay.client(0, "192.0.2.1:5000", "alice");
            FakeClient bob = relay.client(loops - 1, "192.0.2.2:5000", "bob");
            TransportAddress ofAlice = alice.allocate();
            TransportAddress ofBob = bob.allocate();
            alice.bind(CHANNEL, ofBob);

            relay.fromPeer(ofBob, ofAlice, "cafe");

            assertThat(RelayFixture.sent(relay.listener(0))).isEmpty();
            assertThat(relay.counters().drops(DropReason.SPOOFED_RELAY)).isEqualTo(1);
        }
    }
}
