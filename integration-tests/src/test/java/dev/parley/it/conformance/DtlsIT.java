package dev.parley.it.conformance;

import dev.parley.it.wire.Message;
import dev.parley.it.wire.Packet;
import dev.parley.it.wire.Transport;
import dev.parley.it.wire.Wire;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** What RFC 8489 asks of DTLS alone. */
@ParameterizedClass
@EnumSource(names = "DTLS")
class DtlsIT extends Suite {
    DtlsIT(Transport transport) {
        super(transport);
    }

    @Must("8489 11")
    @Deviation("not answered")
    void aRequestWithoutTheMagicCookieIsAnsweredWith500OverDtls() {
        Packet request = Packet.request(Wire.BINDING).cookie(0x11223344);
        client().send(request.bytes());
        Message answer = client().await(request.transactionId(), SOON);
        if (answer == null) {
            throw new AssertionError("not answered");
        }
        answer.expect(500);
    }
}
