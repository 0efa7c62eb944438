package dev.parley.it.conformance;

import dev.parley.it.wire.Message;
import dev.parley.it.wire.Packet;
import dev.parley.it.wire.Transport;
import dev.parley.it.wire.Wire;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** The Binding method and the basic server: RFC 8489 sections 6.3.1 and 12. */
@ParameterizedClass
@EnumSource(Transport.class)
class BindingIT extends Suite {
    BindingIT(Transport transport) {
        super(transport);
    }

    @Must("8489 12")
    void bindingIsServed() {
        client().exchange(Packet.request(Wire.BINDING)).expectSuccess();
    }

    @Must("8489 6.3.1.1")
    void theXorMappedAddressIsWhereTheRequestCameFrom() {
        Message answer = client().exchange(Packet.request(Wire.BINDING)).expectSuccess();
        expect(
                answer.address(Wire.XOR_MAPPED_ADDRESS).equals(client().link().local()),
                "another address: " + answer.address(Wire.XOR_MAPPED_ADDRESS));
    }

    @Must("8489 14.2")
    void theFamilyOfTheXorMappedAddressFitsItsLength() {
        byte[] value = client().exchange(Packet.request(Wire.BINDING))
                .require(Wire.XOR_MAPPED_ADDRESS)
                .bytes();
        expect(value[0] == 0, "the first byte is not zero");
        expect(value[1] == Wire.IPV4 && value.length == 8, "a wrong family or length");
    }

    @Should("8489 12")
    void bindingNeedsNoAuthentication() {
        client().exchange(Packet.request(Wire.BINDING)).expectSuccess();
    }
}
