package dev.parley.it.conformance;

import dev.parley.it.wire.Client;
import dev.parley.it.wire.Message;
import dev.parley.it.wire.Packet;
import dev.parley.it.wire.Transport;
import dev.parley.it.wire.Wire;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** The form of STUN messages: RFC 8489 sections 5, 6.3, 7 and 14. */
@ParameterizedClass
@EnumSource(Transport.class)
class MessageFormatIT extends Suite {
    MessageFormatIT(Transport transport) {
        super(transport);
    }

    @Must("8489 5")
    void theTypeOfAResponseHasItsMethodAndClassInTheRightBits() {
        Message success = client().exchange(Packet.request(Wire.BINDING));
        Message error = client().exchange(Client.bareAllocate());
        expect(success.type() == 0x0101, String.format("type 0x%04X", success.type()));
        expect(error.type() == 0x0113, String.format("type 0x%04X", error.type()));
    }

    @Must("8489 5")
    void aResponseCarriesTheTransactionIdOfItsRequest() {
        Packet request = Packet.request(Wire.BINDING);
        Message response = client().exchange(request);
        expect(Arrays.equals(response.transactionId(), request.transactionId()), "another transaction id");
    }

    @Must("8489 5")
    void aResponseCarriesTheMagicCookie() {
        expect(client().exchange(Packet.request(Wire.BINDING)).cookie() == Wire.COOKIE, "no cookie");
    }

    @Must("8489 5")
    void theLengthOfAResponseCountsWhatFollowsTheHeader() {
        for (Message response : sampleResponses()) {
            expect(response.lengthField() == response.bytes().length - Wire.HEADER_BYTES, "a wrong length");
            expect(response.lengthField() % 4 == 0, "a length that is no multiple of 4");
        }
    }

    @Must("8489 14")
    void thePaddingOfResponsesIsZeroAndTheirAttributesAreInOrder() {
        for (Message response : sampleResponses()) {
            expect(response.flaws().isEmpty(), String.join(", ", response.flaws()));
        }
    }

    private List<Message> sampleResponses() {
        return List.of(
                client().exchange(Packet.request(Wire.BINDING)),
                client().exchange(Packet.request(Wire.BINDING).attribute(0x7001)),
                client().exchange(Client.bareAllocate()),
                client().ask(Client.bareAllocate()),
                client().ask(Client.bareAllocate()),
                client().ask(Packet.request(Wire.CHANNEL_BIND)),
                client().ask(Packet.request(Wire.REFRESH)));
    }

    @Must("8489 14")
    void thePaddingOfARequestIsIgnored() {
        Packet request = Packet.request(Wire.BINDING).attribute(Wire.SOFTWARE, 5, ascii("probe"), (byte) 0xA5);
        client().exchange(request).expectSuccess();
    }

    @Must("8489 6.3")
    void aMethodThatTheServerDoesNotKnowIsDiscarded() {
        client().expectSilenceAbout(Packet.request(0x0B5).bytes());
    }

    @Must("8489 6.3")
    void aClassThatTheMethodDoesNotHaveIsDiscarded() {
        client().expectSilenceAbout(Packet.request(Wire.SEND).bytes());
        client().expectSilenceAbout(Packet.indication(Wire.ALLOCATE).bytes());
    }

    @Must("8489 6.3")
    void aResponseThatNobodyAskedForIsDiscarded() {
        client().expectSilenceAbout(Packet.ofType(0x0101).bytes());
        client().expectSilenceAbout(Packet.ofType(0x0111).bytes());
    }

    @Must("8489 6.3")
    void unknownOptionalAttributesAreIgnored() {
        client().exchange(Packet.request(Wire.BINDING)
                        .attribute(0xC0FE, ascii("nobody knows"))
                        .attribute(0xFFFF))
                .expectSuccess();
    }

    @Should("8489 6.3")
    void knownAttributesThatAreNotExpectedAreIgnored() {
        client().exchange(Packet.request(Wire.BINDING)
                        .number(Wire.LIFETIME, 600)
                        .attribute(Wire.CHANNEL_NUMBER, channelNumber(CHANNEL)))
                .expectSuccess();
    }

    @Must("8489 6.3")
    void authenticationIsCheckedBeforeUnknownAttributes() {
        client().exchange(Client.bareAllocate().attribute(0x7001)).expect(401);
    }

    @Must("8489 6.3.1")
    void unknownRequiredAttributesAreAnsweredWith420AndListed() {
        Message answer = client().exchange(Packet.request(Wire.BINDING)
                        .attribute(0x7001, (byte) 1)
                        .attribute(0x7002)
                        .attribute(0x7003, ascii("abc")))
                .expect(420);
        byte[] types = answer.require(Wire.UNKNOWN_ATTRIBUTES).bytes();
        expect(Arrays.equals(types, new byte[] {0x70, 1, 0x70, 2, 0x70, 3}), "listed: " + Arrays.toString(types));
    }

    @Must("8489 6.3.1")
    void unknownRequiredAttributesOfAnAuthenticatedRequestAreListedToo() {
        Message answer = client().ask(Client.bareAllocate().attribute(0x7001)).expect(420);
        byte[] types = answer.require(Wire.UNKNOWN_ATTRIBUTES).bytes();
        expect(Arrays.equals(types, new byte[] {0x70, 1}), "listed: " + Arrays.toString(types));
    }

    @Must("8489 6.3.2")
    void aBindingIndicationIsNotAnswered() {
        client().expectSilenceAbout(Packet.indication(Wire.BINDING).bytes());
    }

    @Must("8489 6.3.2")
    void anIndicationWithUnknownRequiredAttributesIsNotAnswered() {
        client().expectSilenceAbout(
                        Packet.indication(Wire.BINDING).attribute(0x7001).bytes());
    }

    @Must("8489 7")
    void aWrongFingerprintIsDiscarded() {
        client().expectSilenceAbout(Packet.request(Wire.BINDING)
                .number(Wire.FINGERPRINT, 0x12345678)
                .bytes());
    }

    @Must("8489 7")
    void aRightFingerprintIsAccepted() {
        client().exchange(Packet.request(Wire.BINDING).fingerprint()).expectSuccess();
    }

    @Must("8489 12")
    void nobodyIsRequiredToSendAFingerprint() {
        client().exchange(Packet.request(Wire.BINDING)).expectSuccess();
    }

    @Must("8489 14.7")
    void aFingerprintInAResponseIsRightAndTheLastAttribute() {
        Message answer = client().exchange(Packet.request(Wire.BINDING).fingerprint());
        expect(answer.flaws().isEmpty(), String.join(", ", answer.flaws()));
    }

    @Must("8489 14")
    void aRequestWithAnAttributeThatEndsAfterItDoesNotSucceed() {
        Packet request = Packet.request(Wire.BINDING).attribute(Wire.SOFTWARE, 400, ascii("cut"), (byte) 0);
        client().send(request.bytes());
        Message answer = client().await(request.transactionId(), Duration.ofMillis(100));
        if (answer != null) {
            answer.expect(400);
        }
        client().exchange(Packet.request(Wire.BINDING)).expectSuccess();
    }

    @Must("8489 14")
    void ofAnAttributeThatComesTwiceTheFirstCounts() {
        client().allocate();
        Message answer = client().ask(
                        Packet.request(Wire.REFRESH).number(Wire.LIFETIME, 0).number(Wire.LIFETIME, 1200));
        answer.expectSuccess();
        expect(answer.number(Wire.LIFETIME) == 0, "the lifetime is " + answer.number(Wire.LIFETIME));
    }

    @Must("8489 14.3")
    void aUsernameOf763BytesIsParsed() {
        Packet request = Client.bareAllocate()
                .text(Wire.USERNAME, "u".repeat(763))
                .text(Wire.REALM, client().realm())
                .attribute(Wire.NONCE, client().nonce())
                .integrity(new byte[16]);
        client().exchange(request).expect(401);
    }

    @Must("8489 14.8")
    void theReservedBitsOfAnErrorCodeAreZeroAndItsClassAndNumberInRange() {
        Message answer = client().exchange(Client.bareAllocate());
        expect(answer.flaws().isEmpty(), String.join(", ", answer.flaws()));
    }

    @Should("8489 6.3.1.1")
    @Deviation("no reason")
    void anErrorResponseSaysItsReasonInWords() {
        Message answer = client().exchange(Client.bareAllocate());
        expect(answer.require(Wire.ERROR_CODE).bytes().length > 4, "no reason phrase");
    }

    @Should("8489 6.3.1.1")
    @Deviation("no SOFTWARE")
    void aResponseNamesItsSoftware() {
        expect(client().exchange(Packet.request(Wire.BINDING)).has(Wire.SOFTWARE), "no SOFTWARE");
    }
}
