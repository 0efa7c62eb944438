package dev.parley.it.conformance;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.parley.it.wire.Client;
import dev.parley.it.wire.Message;
import dev.parley.it.wire.Packet;
import dev.parley.it.wire.Peer;
import dev.parley.it.wire.Transport;
import dev.parley.it.wire.Wire;
import java.net.InetSocketAddress;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** Permissions and CreatePermission: RFC 8656 sections 9 and 10. */
@ParameterizedClass
@EnumSource(Transport.class)
class PermissionIT extends Suite {
    PermissionIT(Transport transport) {
        super(transport);
    }

    @Must("8656 10.2")
    void withoutAPeerAddressItIsAnsweredWith400() {
        client().allocate();
        client().ask(Packet.request(Wire.CREATE_PERMISSION)).expect(400);
    }

    @Must("8656 10.2")
    void aMalformedPeerAddressIsAnsweredWith400() {
        client().allocate();
        Packet request = Packet.request(Wire.CREATE_PERMISSION);
        byte[] loopback = {127, 0, 0, 1};
        for (byte[] value : new byte[][] {
            request.addressValue(0, 9, loopback),
            request.addressValue(3, 9, loopback),
            request.addressValue(255, 9, loopback),
            request.addressValue(Wire.IPV6, 9, loopback),
            request.addressValue(Wire.IPV4, 9, new byte[16]),
            request.addressValue(Wire.IPV4, 9, new byte[3]),
            new byte[0]
        }) {
            client().ask(Packet.request(Wire.CREATE_PERMISSION).attribute(Wire.XOR_PEER_ADDRESS, value))
                    .expect(400);
        }
    }

    @Must("8656 10.2")
    void oneMalformedPeerAddressAmongOthersIsAnsweredWith400() {
        client().allocate();
        client().ask(Packet.request(Wire.CREATE_PERMISSION)
                        .address(Wire.XOR_PEER_ADDRESS, peer().address())
                        .attribute(Wire.XOR_PEER_ADDRESS, (byte) 0))
                .expect(400);
    }

    @Must("8656 10.2")
    void severalPeersArePermittedAtOnce() {
        Peer first = peer();
        Peer second = otherPeer();
        client().allocate();
        client().permit(first.address(), second.address()).expectSuccess();
        client().send(send(first.address(), "to the first").bytes());
        client().send(send(second.address(), "to the second").bytes());
        expectHeard(first, "to the first");
        expectHeard(second, "to the second");
    }

    @Must("8656 10.2")
    void aPeerOfAnotherFamilyIsAnsweredWith443() {
        client().allocate();
        client().permit(new InetSocketAddress("2606:4700::1111", 9)).expect(443);
    }

    @Must("8656 10.2")
    void anIpv4PeerOfAnIpv6AllocationIsAnsweredWith443() {
        allocate6();
        client().permit(peer().address()).expect(443);
    }

    @Must("8656 10.2")
    void theFirstByteOfAPeerAddressIsIgnored() {
        client().allocate();
        Packet request = Packet.request(Wire.CREATE_PERMISSION);
        byte[] value = request.addressValue(peer().address());
        value[0] = 77;
        client().exchange(client().signed(request.attribute(Wire.XOR_PEER_ADDRESS, value)))
                .expectSuccess();
    }

    @Must("8656 9")
    void aPermissionIsForEveryPortOfItsAddress() {
        Peer named = peer();
        Peer neighbour = peer();
        InetSocketAddress relayed = allocateFor(named);
        neighbour.send(relayed, ascii("from next door"));
        expectData(client(), neighbour.address(), "from next door");
        client().send(send(neighbour.address(), "to next door").bytes());
        expectHeard(neighbour, "to next door");
    }

    @Must("8656 10.2")
    @Deviation("answered 403")
    void thePortOfAPermissionCanBeAnything() {
        client().allocate();
        client().permit(new InetSocketAddress(server().peerAddress(), 0)).expectSuccess();
    }

    @Must("8656 9")
    void aPeerWithoutPermissionIsNotHeard() {
        Peer permitted = peer();
        Peer stranger = otherPeer();
        InetSocketAddress relayed = allocateFor(permitted);
        stranger.send(relayed, ascii("not permitted"));
        permitted.send(relayed, ascii("permitted"));
        expectData(client(), permitted.address(), "permitted");
    }

    @Must("8656 9")
    void permissionsOfOneAllocationAreNotThoseOfAnother() {
        Peer peer = peer();
        allocateFor(peer);
        Client other = open(client().login());
        InetSocketAddress relayed = other.allocate();
        peer.send(relayed, ascii("not permitted here"));
        other.expectNothingBeforeNextAnswer();
    }

    @Must("8656 9")
    void aChannelBindInstallsAPermission() {
        Peer bound = peer();
        Peer neighbour = peer();
        InetSocketAddress relayed = client().allocate();
        client().bind(CHANNEL, bound.address()).expectSuccess();
        neighbour.send(relayed, ascii("by the channel's permission"));
        expectData(client(), neighbour.address(), "by the channel's permission");
    }

    @Must("8656 9")
    void aPermissionCanBeRefreshed() {
        Peer peer = peer();
        InetSocketAddress relayed = allocateFor(peer);
        client().permit(peer.address()).expectSuccess();
        peer.send(relayed, ascii("still permitted"));
        expectData(client(), peer.address(), "still permitted");
    }

    @Must("8656 10.2")
    void withoutAnAllocationItIsAnsweredWith437() {
        client().permit(peer().address()).expect(437);
    }

    @Must("8656 10.2")
    void aForbiddenPeerIsAnsweredWith403() {
        client().allocate();
        Message answer = client().permit(new InetSocketAddress("10.0.0.1", 9));
        assumeTrue(!answer.isSuccess(), "the server forbids no peers");
        answer.expect(403);
    }
}
