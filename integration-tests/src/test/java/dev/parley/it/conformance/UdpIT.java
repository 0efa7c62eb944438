package dev.parley.it.conformance;

import dev.parley.it.wire.Packet;
import dev.parley.it.wire.Transport;
import dev.parley.it.wire.Wire;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** What RFC 8489 asks of UDP alone. */
@ParameterizedClass
@EnumSource(names = "UDP")
class UdpIT extends Suite {
    UdpIT(Transport transport) {
        super(transport);
    }

    @Must("8489 6.3")
    void aMessageWithoutTheMagicCookieIsDiscarded() {
        client().expectSilenceAbout(
                        Packet.request(Wire.BINDING).cookie(0x2112A443).bytes());
    }
}
