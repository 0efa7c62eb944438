package dev.parley.it.abuse;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.it.wire.Client;
import dev.parley.it.wire.Packet;
import dev.parley.it.wire.Transport;
import dev.parley.it.wire.Wire;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.SocketTimeoutException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The fourth door, Connect of RFC 6062, where an operator has opened it: shut for what is forbidden elsewhere. */
@ResourceLock("the relay under attack")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ConnectDoorIT {
    private static final int REFUSAL_MILLIS = 2000;

    private final RelayUnderAttack relay = RelayUnderAttack.startWithTcpRelay();

    @AfterAll
    void everythingEndsWell() {
        relay.close();
    }

    @ParameterizedTest
    @EnumSource(names = {"TCP", "TLS"})
    void noDisguiseOfAForbiddenAddressIsConnectedTo(Transport transport) throws IOException {
        for (int family : new int[] {Wire.IPV4, Wire.IPV6}) {
            try (Client client = relay.open(transport);
                    var trap = new ServerSocket(0, 50, RelayUnderAttack.address("127.0.0.1"))) {
                trap.setSoTimeout(50);
                allocateTcp(client, family);
                for (String address : PeerMatrixIT.forbidden()) {
                    for (PeerEncoding encoding : PeerEncoding.values()) {
                        expectRefused(client, encoding.hide(address), trap.getLocalPort());
                    }
                }
                isNeverReached(trap);
            }
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"TCP", "TLS"})
    void row42TheOwnRelayedAddressIsNotConnectedTo(Transport transport) {
        try (Client client = relay.open(transport)) {
            InetSocketAddress own = allocateTcp(client, Wire.IPV4);
            expectRefused(client, own.getAddress().getAddress(), own.getPort());
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"TCP", "TLS"})
    void anAllowedPeerIsConnectedTo(Transport transport) throws IOException {
        try (Client client = relay.open(transport);
                var peer = new ServerSocket(0, 50, RelayUnderAttack.ALLOWED)) {
            peer.setSoTimeout(REFUSAL_MILLIS);
            InetSocketAddress own = allocateTcp(client, Wire.IPV4);
            client.ask(connect(RelayUnderAttack.ALLOWED.getAddress(), peer.getLocalPort()))
                    .expectSuccess();
            try (var accepted = peer.accept()) {
                assertThat(accepted.getRemoteSocketAddress()).isEqualTo(own);
            }
        }
    }

    private static InetSocketAddress allocateTcp(Client client, int family) {
        return client.ask(Packet.request(Wire.ALLOCATE)
                        .attribute(Wire.REQUESTED_TRANSPORT, (byte) Wire.TCP, (byte) 0, (byte) 0, (byte) 0)
                        .attribute(Wire.REQUESTED_ADDRESS_FAMILY, (byte) family, (byte) 0, (byte) 0, (byte) 0))
                .expectSuccess()
                .address(Wire.XOR_RELAYED_ADDRESS);
    }

    private static Packet connect(byte[] octets, int port) {
        Packet request = Packet.request(Wire.CONNECT);
        int family = octets.length == 4 ? Wire.IPV4 : Wire.IPV6;
        return request.attribute(Wire.XOR_PEER_ADDRESS, request.addressValue(family, port, octets));
    }

    private static void expectRefused(Client client, byte[] octets, int port) {
        Packet request = connect(octets, port);
        // Not asked again with another transaction id: the address is masked with this one.
        client.exchange(client.signed(request)).expect(403, 443);
    }

    private static void isNeverReached(ServerSocket trap) throws IOException {
        try (var accepted = trap.accept()) {
            throw new AssertionError("connected to from " + accepted.getRemoteSocketAddress());
        } catch (SocketTimeoutException silence) {
            assertThat(silence).isNotNull();
        }
    }
}
