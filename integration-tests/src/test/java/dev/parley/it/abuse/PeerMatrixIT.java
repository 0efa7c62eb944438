package dev.parley.it.abuse;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.it.needs.Need;
import dev.parley.it.needs.Needs;
import dev.parley.it.wire.Client;
import dev.parley.it.wire.Packet;
import dev.parley.it.wire.Peer;
import dev.parley.it.wire.Transport;
import dev.parley.it.wire.Wire;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Every forbidden address in every disguise, at every door, from allocations of both families: refused, and nothing
 * leaves, while a peer that is allowed is reached.
 */
@Isolated("whatever leaves from the relay ports it watches must be its own")
@Needs(Need.PACKET_CAPTURE)
@ParameterizedClass
@EnumSource(Transport.class)
@ExtendWith(RelayUnderAttack.Provider.class)
class PeerMatrixIT {
    private static final Duration SOON = Duration.ofSeconds(2);
    private static final byte[] HELLO = "allowed".getBytes(StandardCharsets.US_ASCII);

    private final Transport transport;
    private final RelayUnderAttack relay;

    PeerMatrixIT(Transport transport, RelayUnderAttack relay) {
        this.transport = transport;
        this.relay = relay;
    }

    static List<String> forbidden() throws SocketException {
        List<String> addresses = new ArrayList<>(List.of(
                "127.0.0.1",
                "127.0.0.2",
                "0.0.0.0",
                "10.0.0.1",
                "169.254.169.254",
                "168.63.129.16",
                "255.255.255.255"));
        NetworkInterface.networkInterfaces()
                .flatMap(NetworkInterface::inetAddresses)
                .filter(address -> address instanceof Inet4Address)
                .map(InetAddress::getHostAddress)
                .forEach(addresses::add);
        return addresses;
    }

    @Test
    void noDisguiseOfAForbiddenAddressPassesADoorOfAnIpv4Allocation() throws SocketException {
        expectAllShut(Wire.IPV4);
    }

    @Test
    void noDisguiseOfAForbiddenAddressPassesADoorOfAnIpv6Allocation() throws SocketException {
        expectAllShut(Wire.IPV6);
    }

    private void expectAllShut(int family) throws SocketException {
        try (Sniffer sniffer = Sniffer.start();
                Client client = relay.open(transport)) {
            client.allocate(family);
            var doors = new Doors(client);
            for (String address : forbidden()) {
                for (PeerEncoding encoding : PeerEncoding.values()) {
                    doors.expectShut(encoding.hide(address), 53);
                }
            }
            expectOnlyTheAllowedWasReached(sniffer);
        }
    }

    /** Shows that the sniffer sees what is relayed, and that it saw nothing else. */
    private void expectOnlyTheAllowedWasReached(Sniffer sniffer) {
        try (Peer allowed = new Peer(RelayUnderAttack.ALLOWED);
                Client client = relay.open(transport)) {
            client.allocate();
            client.permit(allowed.address()).expectSuccess();
            client.sendIndication(allowed.address(), HELLO);
            assertThat(allowed.receive(SOON)).isNotNull();
            Awaitility.await().atMost(SOON).until(() -> !sniffer.seen().isEmpty());
            assertThat(sniffer.seen())
                    .allMatch(line -> line.contains("> " + RelayUnderAttack.ALLOWED.getHostAddress() + "."));
        }
    }

    @Test
    void anAddressWhoseFamilyAndLengthDisagreeIsMalformed() {
        try (Client client = relay.open(transport)) {
            client.allocate();
            for (int family : new int[] {0, 3, 255, Wire.IPV6}) {
                expectMalformed(client, family, new byte[] {127, 77, 0, 1});
            }
            expectMalformed(client, Wire.IPV4, new byte[16]);
            expectMalformed(client, Wire.IPV4, new byte[0]);
            expectMalformed(client, Wire.IPV6, new byte[15]);
        }
    }

    private static void expectMalformed(Client client, int family, byte[] octets) {
        Packet permission = Packet.request(Wire.CREATE_PERMISSION);
        client.exchange(client.signed(
                        permission.attribute(Wire.XOR_PEER_ADDRESS, permission.addressValue(family, 53, octets))))
                .expect(400);
        Packet binding = Packet.request(Wire.CHANNEL_BIND)
                .attribute(Wire.CHANNEL_NUMBER, (byte) 0x40, (byte) 0, (byte) 0, (byte) 0);
        client.exchange(client.signed(
                        binding.attribute(Wire.XOR_PEER_ADDRESS, binding.addressValue(family, 53, octets))))
                .expect(400);
    }

    @Test
    void ofTwoPeersInASendTheFirstCounts() {
        try (Client client = relay.open(transport);
                Peer first = new Peer(RelayUnderAttack.ALLOWED);
                Peer second = new Peer(RelayUnderAttack.ALLOWED)) {
            client.allocate();
            client.permit(first.address()).expectSuccess();
            client.send(Packet.indication(Wire.SEND)
                    .address(Wire.XOR_PEER_ADDRESS, first.address())
                    .address(Wire.XOR_PEER_ADDRESS, second.address())
                    .attribute(Wire.DATA, HELLO)
                    .bytes());
            assertThat(first.receive(SOON)).isNotNull();
            assertThat(second.receive(Duration.ofMillis(20))).isNull();
        }
    }

    @Test
    void ofTwoPeersInAChannelBindTheFirstCounts() {
        try (Client client = relay.open(transport);
                Peer first = new Peer(RelayUnderAttack.ALLOWED)) {
            client.allocate();
            client.ask(Packet.request(Wire.CHANNEL_BIND)
                            .attribute(Wire.CHANNEL_NUMBER, (byte) 0x40, (byte) 0, (byte) 0, (byte) 0)
                            .address(Wire.XOR_PEER_ADDRESS, new InetSocketAddress("10.0.0.1", 53))
                            .address(Wire.XOR_PEER_ADDRESS, first.address()))
                    .expect(403);
        }
    }

    @Test
    void oneForbiddenPeerAmongAllowedOnesGetsNoneInstalled() {
        try (Client client = relay.open(transport);
                Peer allowed = new Peer(RelayUnderAttack.ALLOWED)) {
            InetSocketAddress relayed = client.allocate();
            client.permit(allowed.address(), new InetSocketAddress("10.0.0.1", 53))
                    .expect(403);
            client.permit(new InetSocketAddress("10.0.0.1", 53), allowed.address())
                    .expect(403);
            allowed.send(relayed, HELLO);
            client.expectNothingBeforeNextAnswer();
        }
    }

    @Test
    void aPeerAfterTheIntegrityIsIgnored() {
        try (Client client = relay.open(transport);
                Peer allowed = new Peer(RelayUnderAttack.ALLOWED)) {
            InetSocketAddress relayed = client.allocate();
            client.exchange(client.signed(Packet.request(Wire.CREATE_PERMISSION))
                            .address(Wire.XOR_PEER_ADDRESS, allowed.address())
                            .fingerprint())
                    .expect(400);
            allowed.send(relayed, HELLO);
            client.expectNothingBeforeNextAnswer();
        }
    }

    @Test
    void anAllowedPeerIsReachedThroughEveryDoor() {
        try (Client client = relay.open(transport);
                Peer allowed = new Peer(RelayUnderAttack.ALLOWED)) {
            InetSocketAddress relayed = client.allocate();
            client.bind(0x4000, allowed.address()).expectSuccess();
            client.sendOnChannel(0x4000, HELLO);
            assertThat(Objects.requireNonNull(allowed.receive(SOON)).from()).isEqualTo(relayed);
            client.sendIndication(allowed.address(), HELLO);
            assertThat(Objects.requireNonNull(allowed.receive(SOON)).from()).isEqualTo(relayed);
            allowed.send(relayed, HELLO);
            assertThat(client.require(SOON)[0]).isEqualTo((byte) 0x40);
        }
    }
}
