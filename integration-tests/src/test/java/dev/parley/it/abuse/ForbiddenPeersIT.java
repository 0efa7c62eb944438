package dev.parley.it.abuse;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.it.wire.Client;
import dev.parley.it.wire.Packet;
import dev.parley.it.wire.Transport;
import dev.parley.it.wire.Wire;
import java.io.IOException;
import java.net.BindException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** Peers that relays of others let their users reach, one test for each story. */
@ResourceLock("the relay under attack")
@ParameterizedClass
@EnumSource(Transport.class)
@ExtendWith(RelayUnderAttack.Provider.class)
class ForbiddenPeersIT {
    private final RelayUnderAttack relay;
    private final Client client;
    private final Client client6;

    ForbiddenPeersIT(Transport transport, RelayUnderAttack relay) {
        this.relay = relay;
        this.client = relay.open(transport);
        this.client6 = relay.open(transport);
    }

    @AfterEach
    void leave() {
        for (Client each : List.of(client, client6)) {
            each.abandon();
            each.close();
        }
    }

    private void expectShut(int port, String... addresses) {
        for (String address : addresses) {
            expectShut(RelayUnderAttack.address(address).getAddress(), port);
        }
    }

    private void expectShut(byte[] octets, int port) {
        new Doors(octets.length == 4 ? client : client6).expectShut(octets, port);
    }

    private void allocate() {
        client.allocate();
        client6.allocate(Wire.IPV6);
    }

    @Test
    void row02LoopbackOfTheHost() {
        allocate();
        expectShut(53, "127.0.0.1", "127.0.0.2", "127.255.255.254");
    }

    @Test
    void row03AdministrationOnLoopback() {
        allocate();
        expectShut(relay.process().adminPort(), "127.0.0.1", "::1", "127.77.0.1");
    }

    @Test
    void row06AddressesThatMeanThisHost() {
        allocate();
        expectShut(53, "0.0.0.0", "::", "::1", "0.1.2.3");
    }

    @Test
    void row07LinkLocalAnyAndBroadcast() {
        allocate();
        expectShut(53, "169.254.0.1", "0.0.0.0", "255.255.255.255", "224.0.0.1", "fe80::1", "ff02::1");
    }

    @Test
    void row08OwnAddressesAtOwnPorts() throws SocketException {
        allocate();
        List<InetAddress> own = NetworkInterface.networkInterfaces()
                .flatMap(NetworkInterface::inetAddresses)
                .toList();
        assertThat(own).isNotEmpty();
        for (int port : List.of(
                relay.process().httpPort(),
                relay.process().turnPort(),
                relay.process().adminPort())) {
            own.forEach(address -> expectShut(address.getAddress(), port));
        }
    }

    @Test
    void row09PrivateNetworksAndTcp() {
        allocate();
        expectShut(80, "10.0.0.1", "172.16.0.1", "192.168.1.1", "100.100.100.200", "169.254.169.254", "fc00::1");
        client.refresh(0);
        client.ask(Packet.request(Wire.ALLOCATE)
                        .attribute(Wire.REQUESTED_TRANSPORT, (byte) Wire.TCP, (byte) 0, (byte) 0, (byte) 0))
                .expect(442);
    }

    @Test
    void row10MetadataOfClouds() {
        allocate();
        for (int port : List.of(80, 443)) {
            expectShut(port, "169.254.169.254", "fd00:ec2::254", "fd20:ce::254", "168.63.129.16");
        }
    }

    @Test
    void row12MappedFormsOfEveryForbiddenBlock() {
        allocate();
        for (String address : List.of(
                "0.0.0.0",
                "0.255.255.255",
                "10.0.0.0",
                "10.128.0.0",
                "10.255.255.255",
                "100.64.0.0",
                "100.127.255.255",
                "127.0.0.0",
                "127.128.0.0",
                "127.255.255.255",
                "169.254.0.0",
                "169.254.255.255",
                "172.16.0.0",
                "172.31.255.255",
                "192.0.0.0",
                "192.0.0.255",
                "192.0.2.1",
                "192.88.99.1",
                "192.168.0.0",
                "192.168.255.255",
                "198.18.0.0",
                "198.19.255.255",
                "198.51.100.1",
                "203.0.113.1",
                "224.0.0.0",
                "239.255.255.255",
                "240.0.0.0",
                "255.255.255.255",
                "168.63.129.16")) {
            expectShut(PeerEncoding.MAPPED.hide(address), 53);
            expectShut(PeerEncoding.PLAIN.hide(address), 53);
        }
    }

    @Test
    void row13MappedLoopback() {
        allocate();
        expectShut(PeerEncoding.MAPPED.hide("127.0.0.1"), 53);
        expectShut(PeerEncoding.MAPPED.hide("127.0.0.2"), 53);
    }

    @Test
    void row14AddressesInsideTunnelAddresses() {
        allocate();
        for (PeerEncoding encoding : PeerEncoding.values()) {
            expectShut(encoding.hide("127.0.0.1"), 53);
        }
    }

    @Test
    void row42TheOwnRelayedAddressAndFreePortsOfTheRange() throws IOException {
        InetSocketAddress own = client.allocate();
        new Doors(client).expectShut(own.getAddress().getAddress(), own.getPort());
        new Doors(client).expectShut(own.getAddress().getAddress(), portWithoutRelay(own));
    }

    /** A port of the range that nobody relays from: the neighbours may belong to the allocations of other tests. */
    private static int portWithoutRelay(InetSocketAddress own) throws IOException {
        for (int port = 61_100; ; port++) {
            try (DatagramSocket free = new DatagramSocket(new InetSocketAddress(own.getAddress(), port))) {
                return free.getLocalPort();
            } catch (BindException taken) {
                assertThat(port).as("a free port").isLessThan(61_200);
            }
        }
    }
}
