package dev.parley.it.conformance;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.parley.it.wire.Client;
import dev.parley.it.wire.Login;
import dev.parley.it.wire.Message;
import dev.parley.it.wire.Packet;
import dev.parley.it.wire.Transport;
import dev.parley.it.wire.Wire;
import java.net.Inet4Address;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** Allocate: RFC 8656 section 7.2, in the order of its checks. */
@ParameterizedClass
@EnumSource(Transport.class)
class AllocateIT extends Suite {
    private static final int DEFAULT_SECONDS = 600;

    AllocateIT(Transport transport) {
        super(transport);
    }

    private Message allocate(int type, byte... value) {
        return client().ask(Client.bareAllocate().attribute(type, value));
    }

    @Must("8656 7.2")
    void anAllocateThatIsNotSignedIsAnsweredWith401() {
        client().exchange(Client.bareAllocate()).expect(401);
    }

    @Must("8656 7.2")
    void aSecondAllocateOnAFiveTupleIsAnsweredWith437() {
        client().allocate();
        client().ask(Client.bareAllocate()).expect(437);
    }

    @Must("8656 7.2")
    void theFiveTupleIsCheckedBeforeTheAttributes() {
        client().allocate();
        client().ask(Packet.request(Wire.ALLOCATE)).expect(437);
    }

    @Must("8656 7.2")
    void noRequestedTransportIsAnsweredWith400() {
        client().ask(Packet.request(Wire.ALLOCATE)).expect(400);
    }

    @Must("8656 7.2")
    void aMalformedRequestedTransportIsAnsweredWith400() {
        client().ask(Packet.request(Wire.ALLOCATE).attribute(Wire.REQUESTED_TRANSPORT, (byte) Wire.UDP))
                .expect(400);
    }

    @Must("8656 7.2")
    void anUnknownTransportIsAnsweredWith442() {
        client().ask(Packet.request(Wire.ALLOCATE).attribute(Wire.REQUESTED_TRANSPORT, word(99)))
                .expect(442);
    }

    @Must("8656 18.8")
    void theReservedBytesOfRequestedTransportAreIgnored() {
        client().ask(Packet.request(Wire.ALLOCATE)
                        .attribute(Wire.REQUESTED_TRANSPORT, (byte) Wire.UDP, (byte) 1, (byte) 2, (byte) 3))
                .expectSuccess();
    }

    @Must("8656 7.2")
    void dontFragmentIsServedOrListedAsUnknown() {
        Message answer = allocate(Wire.DONT_FRAGMENT);
        if (!answer.isSuccess()) {
            byte[] listed = answer.expect(420).require(Wire.UNKNOWN_ATTRIBUTES).bytes();
            expect(listed.length == 2 && listed[1] == Wire.DONT_FRAGMENT, "not listed");
        }
    }

    @Must("8656 7.2")
    void aTokenWithEvenPortOrAFamilyIsAnsweredWith400() {
        byte[] token = new byte[8];
        client().ask(Client.bareAllocate()
                        .attribute(Wire.RESERVATION_TOKEN, token)
                        .attribute(Wire.EVEN_PORT, (byte) 0))
                .expect(400);
        for (int family : List.of(Wire.REQUESTED_ADDRESS_FAMILY, Wire.ADDITIONAL_ADDRESS_FAMILY)) {
            client().ask(Client.bareAllocate()
                            .attribute(Wire.RESERVATION_TOKEN, token)
                            .attribute(family, word(Wire.IPV6)))
                    .expect(400);
        }
    }

    @Must("8656 7.2")
    void anUnknownTokenIsAnsweredWith508() {
        allocate(Wire.RESERVATION_TOKEN, ascii("no token")).expect(508);
    }

    @Must("8656 18.10")
    void aTokenThatIsNot8BytesLongIsAnsweredWith400() {
        allocate(Wire.RESERVATION_TOKEN, ascii("short")).expect(400);
    }

    @Must("8656 7.2")
    void bothFamilyAttributesTogetherAreAnsweredWith400() {
        client().ask(Client.bareAllocate()
                        .attribute(Wire.REQUESTED_ADDRESS_FAMILY, word(Wire.IPV6))
                        .attribute(Wire.ADDITIONAL_ADDRESS_FAMILY, word(Wire.IPV6)))
                .expect(400);
    }

    @Must("8656 7.2")
    void aFamilyThatDoesNotExistIsAnsweredWith440() {
        allocate(Wire.REQUESTED_ADDRESS_FAMILY, word(3)).expect(440);
    }

    @Must("8656 7.2")
    void withoutAFamilyTheRelayedAddressIsIpv4() {
        expect(client().allocate().getAddress() instanceof Inet4Address, "no IPv4 address");
    }

    @Must("8656 7.2")
    void theRelayedAddressHasTheRequestedFamily() {
        InetSocketAddress relayed = allocate6();
        expect(!(relayed.getAddress() instanceof Inet4Address), "an IPv4 address");
    }

    @Must("8656 18.6")
    void theReservedBytesOfTheFamilyAreIgnored() {
        allocate(Wire.REQUESTED_ADDRESS_FAMILY, (byte) Wire.IPV4, (byte) 1, (byte) 2, (byte) 3)
                .expectSuccess();
    }

    @Must("8656 7.2")
    void additionalFamilyIpv4IsAnsweredWith400() {
        allocate(Wire.ADDITIONAL_ADDRESS_FAMILY, word(Wire.IPV4)).expect(400);
    }

    @Must("8656 7.2")
    void additionalFamilyIpv6GivesTwoAddressesOrTheReason() {
        Message answer =
                allocate(Wire.ADDITIONAL_ADDRESS_FAMILY, word(Wire.IPV6)).expectSuccess();
        List<InetSocketAddress> relayed = answer.addresses(Wire.XOR_RELAYED_ADDRESS);
        long ipv4 = relayed.stream()
                .filter(each -> each.getAddress() instanceof Inet4Address)
                .count();
        if (relayed.size() == 1) {
            byte[] reason = answer.require(Wire.ADDRESS_ERROR_CODE).bytes();
            int code = (reason[2] & 7) * 100 + reason[3];
            expect(code == 440 || code == 508, "the reason is " + code);
            expect(reason[0] == (ipv4 == 1 ? Wire.IPV6 : Wire.IPV4), "the reason is for the wrong family");
        } else {
            expect(relayed.size() == 2 && ipv4 == 1, "not one of each family: " + relayed);
            expect(!answer.has(Wire.ADDRESS_ERROR_CODE), "success with a reason for failure");
        }
    }

    @Must("8656 7.2")
    void evenPortWithReservationAndAdditionalFamilyIsAnsweredWith400() {
        client().ask(Client.bareAllocate()
                        .attribute(Wire.EVEN_PORT, (byte) 0x80)
                        .attribute(Wire.ADDITIONAL_ADDRESS_FAMILY, word(Wire.IPV6)))
                .expect(400);
    }

    @Must("8656 7.2")
    void evenPortGivesAnEvenPort() {
        Message answer = allocate(Wire.EVEN_PORT, (byte) 0).expectSuccess();
        expect(answer.address(Wire.XOR_RELAYED_ADDRESS).getPort() % 2 == 0, "an odd port");
        expect(!answer.has(Wire.RESERVATION_TOKEN), "a token that nobody asked for");
    }

    @Must("8656 18.7")
    void theReservedBitsOfEvenPortAreIgnored() {
        Message answer = allocate(Wire.EVEN_PORT, (byte) 0x7F).expectSuccess();
        expect(!answer.has(Wire.RESERVATION_TOKEN), "a token that nobody asked for");
    }

    @Must("8656 7.2")
    void aReservedPortIsTheNextOneAndComesWithAToken() {
        Message first = allocate(Wire.EVEN_PORT, (byte) 0x80).expectSuccess();
        byte[] token = first.require(Wire.RESERVATION_TOKEN).bytes();
        expect(token.length == 8, "a token of " + token.length + " bytes");
        Message second = open(client().login())
                .ask(Client.bareAllocate().attribute(Wire.RESERVATION_TOKEN, token))
                .expectSuccess();
        InetSocketAddress even = first.address(Wire.XOR_RELAYED_ADDRESS);
        InetSocketAddress odd = second.address(Wire.XOR_RELAYED_ADDRESS);
        expect(even.getPort() % 2 == 0 && odd.getPort() == even.getPort() + 1, even + " and " + odd);
        expect(even.getAddress().equals(odd.getAddress()), even + " and " + odd);
    }

    @Must("8656 7.2")
    void aTokenIsGoodOnce() {
        byte[] token = allocate(Wire.EVEN_PORT, (byte) 0x80)
                .expectSuccess()
                .require(Wire.RESERVATION_TOKEN)
                .bytes();
        Packet request = Client.bareAllocate().attribute(Wire.RESERVATION_TOKEN, token);
        open(client().login()).ask(request).expectSuccess();
        open(client().login()).ask(request.again()).expect(508);
    }

    @Must("8656 7.2")
    void withoutALifetimeItIs600Seconds() {
        Message answer = client().ask(Client.bareAllocate()).expectSuccess();
        expect(answer.number(Wire.LIFETIME) == DEFAULT_SECONDS, "the lifetime is " + answer.number(Wire.LIFETIME));
    }

    @Must("8656 7.2")
    void aShorterLifetimeThanTheDefaultIsRaisedToIt() {
        for (int seconds : List.of(0, 1, 599)) {
            Message answer = open(freshLogin())
                    .ask(Client.bareAllocate().number(Wire.LIFETIME, seconds))
                    .expectSuccess();
            int granted = answer.number(Wire.LIFETIME);
            expect(granted == DEFAULT_SECONDS, "the lifetime is " + granted + " instead of 600");
        }
    }

    @Must("8656 7.2")
    void aLongerLifetimeThanTheDefaultIsGrantedUpToTheMaximum() {
        int granted = client().ask(Client.bareAllocate().number(Wire.LIFETIME, 900))
                .expectSuccess()
                .number(Wire.LIFETIME);
        expect(granted == 900, "the lifetime is " + granted);
    }

    @Should("8656 7.2")
    void noLifetimeIsLongerThanAnHour() {
        int granted = client().ask(Client.bareAllocate().number(Wire.LIFETIME, -1))
                .expectSuccess()
                .number(Wire.LIFETIME);
        expect(granted >= DEFAULT_SECONDS && granted <= 3600, "the lifetime is " + Integer.toUnsignedString(granted));
    }

    @Must("8656 7.2")
    void aSuccessSaysWhereTheClientIsSeen() {
        Message answer = client().ask(Client.bareAllocate()).expectSuccess();
        expect(
                answer.address(Wire.XOR_MAPPED_ADDRESS).equals(client().link().local()),
                "another address: " + answer.address(Wire.XOR_MAPPED_ADDRESS));
    }

    @Must("8656 6")
    void everyAllocationHasARelayedAddressOfItsOwn() {
        expect(!client().allocate().equals(open(client().login()).allocate()), "the same relayed address");
    }

    @Should("8656 7.2")
    void portsAreFromTheDynamicRange() {
        int port = client().allocate().getPort();
        expect(port >= 49152, "port " + port);
    }

    @Should("8656 7.2")
    void portsAreChosenByChance() {
        List<Integer> ports = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            ports.add(open(client().login()).allocate().getPort());
        }
        int neighbours = 0;
        for (int i = 1; i < ports.size(); i++) {
            neighbours += Math.abs(ports.get(i) - ports.get(i - 1)) <= 4 ? 1 : 0;
        }
        expect(neighbours < 2, "ports " + ports);
    }

    @Should("8656 5")
    void aUserWithTooManyAllocationsIsAnsweredWith486AndOthersAreNot() {
        int quota = server().quota();
        assumeTrue(quota > 0 && server().hasManyUsers(), "the quota is not known");
        Login greedy = freshLogin();
        for (int i = 0; i < quota; i++) {
            open(greedy).allocate();
        }
        open(greedy).ask(Client.bareAllocate()).expect(486);
        open(freshLogin()).allocate();
    }

    @Must("8656 7.2")
    void aRefusedAllocateLeavesNoAllocation() {
        client().ask(Packet.request(Wire.ALLOCATE).attribute(Wire.REQUESTED_TRANSPORT, word(99)));
        client().ask(Packet.request(Wire.REFRESH)).expect(437);
        client().allocate();
    }

    @Must("8656 7.2")
    void aNewAllocationLetsNoPeerIn() {
        var peer = peer();
        InetSocketAddress relayed = client().allocate();
        peer.send(relayed, ascii("too early"));
        client().expectNothingBeforeNextAnswer();
    }

    @Should("8656 5")
    @Deviation("no SOFTWARE")
    void allocateResponsesNameTheirSoftware() {
        expect(client().ask(Client.bareAllocate()).has(Wire.SOFTWARE), "no SOFTWARE");
    }
}
