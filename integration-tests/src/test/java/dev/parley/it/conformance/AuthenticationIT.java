package dev.parley.it.conformance;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.parley.it.wire.Client;
import dev.parley.it.wire.Keys;
import dev.parley.it.wire.Login;
import dev.parley.it.wire.Message;
import dev.parley.it.wire.Packet;
import dev.parley.it.wire.Transport;
import dev.parley.it.wire.Wire;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** The long-term credential mechanism as every client uses it: RFC 8489 section 9.2, RFC 8656 section 5. */
@ParameterizedClass
@EnumSource(Transport.class)
class AuthenticationIT extends Suite {
    private static final List<Integer> SECRET_PARTS =
            List.of(Wire.USERNAME, Wire.USERHASH, Wire.MESSAGE_INTEGRITY, Wire.MESSAGE_INTEGRITY_SHA256);

    AuthenticationIT(Transport transport) {
        super(transport);
    }

    @Must("8489 9.2.4")
    void aRequestWithoutIntegrityIsAnsweredWith401AndRealmAndNonce() {
        Message answer = client().exchange(Client.bareAllocate()).expect(401);
        answer.require(Wire.REALM);
        answer.require(Wire.NONCE);
    }

    @Should("8489 9.2.4")
    void aChallengeCarriesNeitherUsernameNorIntegrity() {
        Message answer = client().exchange(Client.bareAllocate()).expect(401);
        SECRET_PARTS.forEach(part -> expect(!answer.has(part), String.format("attribute 0x%04X", part)));
    }

    @Must("8489 9.2.4")
    void twoSourcesNeverGetTheSameNonce() {
        expect(!Arrays.equals(client().nonce(), open(freshLogin()).nonce()), "the same nonce");
    }

    @Must("8489 14.10")
    void theNonceIsShorterThan128CharactersAndQuotable() {
        String nonce = client().challenge().text(Wire.NONCE);
        expect(!nonce.isEmpty() && nonce.length() < 128, "a nonce of " + nonce.length() + " characters");
        expect(nonce.chars().allMatch(c -> c > 0x20 && c < 0x7F && c != '"' && c != '\\'), "no qdtext: " + nonce);
    }

    @Must("8489 14.9")
    void theRealmIsShorterThan128Characters() {
        int length = client().realm().length();
        expect(length > 0 && length < 128, "a realm of " + length + " characters");
    }

    @Must("8489 9.2.4")
    void integrityWithoutUsernameIsAnsweredWith400() {
        client().exchange(partlyIdentified(false, true, true)).expect(400);
    }

    @Must("8489 9.2.4")
    void integrityWithoutRealmIsAnsweredWith400() {
        client().exchange(partlyIdentified(true, false, true)).expect(400);
    }

    @Must("8489 9.2.4")
    void integrityWithoutNonceIsAnsweredWith400() {
        client().exchange(partlyIdentified(true, true, false)).expect(400);
    }

    @Should("8489 9.2.4")
    void the400ForMissingAttributesGivesNoRealmOrNonceAway() {
        Message answer = client().exchange(partlyIdentified(true, true, false));
        expect(!answer.has(Wire.NONCE) && !answer.has(Wire.REALM), "REALM or NONCE");
        expect(!answer.has(Wire.USERNAME) && !answer.has(Wire.MESSAGE_INTEGRITY), "USERNAME or integrity");
    }

    private Packet partlyIdentified(boolean withUsername, boolean withRealm, boolean withNonce) {
        Packet request = Client.bareAllocate();
        if (withUsername) {
            request.text(Wire.USERNAME, client().login().username());
        }
        if (withRealm) {
            request.text(Wire.REALM, client().realm());
        }
        if (withNonce) {
            request.attribute(Wire.NONCE, client().nonce());
        }
        return request.integrity(client().key());
    }

    @Must("8489 9.2.4")
    void anUnknownUserIsAnsweredWith401AndRealmAndNonce() {
        Message answer =
                open(new Login("nobody", "knows")).ask(Client.bareAllocate()).expect(401);
        answer.require(Wire.REALM);
        answer.require(Wire.NONCE);
    }

    @Must("8489 9.2.4")
    void aWrongPasswordIsAnsweredWith401AndRealmAndNonce() {
        var login = new Login(freshLogin().username(), "wrong");
        Message answer = open(login).ask(Client.bareAllocate()).expect(401);
        answer.require(Wire.REALM);
        answer.require(Wire.NONCE);
    }

    @Should("8489 9.2.4")
    void theAnswerToAWrongPasswordCarriesNeitherUsernameNorIntegrity() {
        var login = new Login(freshLogin().username(), "wrong");
        Message answer = open(login).ask(Client.bareAllocate()).expect(401);
        SECRET_PARTS.forEach(part -> expect(!answer.has(part), String.format("attribute 0x%04X", part)));
    }

    @Must("8489 9.2.4")
    void aNonceThatTheServerDidNotMakeIsAnsweredWith438AndANewOne() {
        Message answer = client().exchange(withNonce("0123456789abcdef")).expect(438);
        answer.require(Wire.REALM);
        client().adopt(answer);
        client().exchange(client().signed(Client.bareAllocate())).expectSuccess();
    }

    private Packet withNonce(String nonce) {
        return Client.bareAllocate()
                .text(Wire.USERNAME, client().login().username())
                .text(Wire.REALM, client().realm())
                .text(Wire.NONCE, nonce)
                .integrity(client().key());
    }

    @Should("8489 9.2.4")
    void theNonceOfAnotherSourceIsStale() {
        Client other = open(client().login());
        other.adopt(client().challenge());
        other.exchange(other.signed(Client.bareAllocate())).expect(438);
    }

    @Must("8489 9.2.4")
    void aWrongSignatureIsAnsweredWith401EvenIfTheRestIsRight() {
        byte[] bytes = client().signed(Client.bareAllocate()).bytes();
        bytes[bytes.length - 1] ^= 1;
        Packet probe = Packet.request(Wire.BINDING);
        System.arraycopy(probe.transactionId(), 0, bytes, 8, 12);
        client().send(bytes);
        Message answer = client().await(probe.transactionId(), SOON);
        if (answer == null) {
            throw new AssertionError("not answered");
        }
        answer.expect(401);
    }

    @Must("8489 14.5")
    void anAttributeThatWasChangedAfterSigningIsNoticed() {
        Packet request = Client.bareAllocate().number(Wire.LIFETIME, 700);
        byte[] bytes = client().signed(request).bytes();
        bytes[Wire.HEADER_BYTES + 8 + 7] ^= 1;
        client().send(bytes);
        Message answer = client().await(request.transactionId(), SOON);
        if (answer == null) {
            throw new AssertionError("not answered");
        }
        answer.expect(401);
    }

    @Must("8489 9.2.4")
    void aSuccessIsSignedWithTheKeyOfTheRequest() {
        Message answer = client().ask(Client.bareAllocate()).expectSuccess();
        expect(answer.isSignedBy(client().key()), "not signed, or wrongly");
    }

    @Must("8489 9.2.4")
    void anErrorAfterAuthenticationIsSignedWithTheKeyOfTheRequest() {
        Message answer = client().ask(Packet.request(Wire.REFRESH)).expect(437);
        expect(answer.isSignedBy(client().key()), "not signed, or wrongly");
    }

    @Must("8489 9.2.4")
    void theAnswerToAnOldClientHasNoSha256() {
        Message answer = client().ask(Client.bareAllocate()).expectSuccess();
        expect(!answer.has(Wire.MESSAGE_INTEGRITY_SHA256), "MESSAGE-INTEGRITY-SHA256");
    }

    @Should("8489 9.2.4")
    void aSignedAnswerRepeatsNeitherRealmNorNonceNorUsername() {
        Message answer = client().ask(Client.bareAllocate()).expectSuccess();
        for (int part : List.of(Wire.REALM, Wire.NONCE, Wire.USERNAME, Wire.USERHASH)) {
            expect(!answer.has(part), String.format("attribute 0x%04X", part));
        }
    }

    @Must("8489 14.5")
    void aFingerprintAfterTheIntegrityIsNotSigned() {
        client().exchange(client().signed(Client.bareAllocate()).fingerprint()).expectSuccess();
    }

    @Must("8489 9")
    void attributesAfterTheIntegrityAreIgnored() {
        client().allocate();
        Packet refresh = client().signed(Packet.request(Wire.REFRESH));
        Message answer = client().exchange(refresh.number(Wire.LIFETIME, 0).fingerprint())
                .expectSuccess();
        expect(answer.number(Wire.LIFETIME) > 0, "the lifetime after the integrity was obeyed");
    }

    @Must("8489 9")
    void unknownAttributesAfterTheIntegrityAreIgnored() {
        client().exchange(client().signed(Client.bareAllocate()).attribute(0x7001))
                .expectSuccess();
    }

    @Must("8489 9.2.4")
    void everyRequestButBindingMustBeSigned() {
        client().allocate();
        for (int method : List.of(Wire.ALLOCATE, Wire.REFRESH, Wire.CREATE_PERMISSION, Wire.CHANNEL_BIND)) {
            client().exchange(Packet.request(method)).expect(401);
        }
    }

    @Must("8656 5")
    @Deviation(value = "no nonce cookie", over = Transport.UDP)
    void theNonceBeginsWithTheNonceCookie() {
        String nonce = client().challenge().text(Wire.NONCE);
        expect(nonce.startsWith("obMatJos2") && nonce.length() > 13, "no nonce cookie");
    }

    @Must("8489 9.2")
    void theSecurityFeaturesOfTheNonceAgreeWithTheAttributes() {
        Message challenge = client().challenge();
        boolean isAnnounced = SecurityFeatures.of(challenge).passwordAlgorithms();
        expect(
                isAnnounced == challenge.has(Wire.PASSWORD_ALGORITHMS),
                isAnnounced ? "no PASSWORD-ALGORITHMS" : "PASSWORD-ALGORITHMS that the nonce does not announce");
    }

    @Must("8656 5")
    void anotherUserIsAnsweredWith441() {
        assumeTrue(server().hasManyUsers(), "there is only one user");
        client().allocate();
        Login other = freshLogin();
        for (int method : List.of(Wire.REFRESH, Wire.CREATE_PERMISSION, Wire.CHANNEL_BIND)) {
            client().exchange(signedBy(other, requestOf(method))).expect(441);
        }
    }

    private Packet requestOf(int method) {
        Packet request = Packet.request(method);
        if (method == Wire.CHANNEL_BIND) {
            request.attribute(Wire.CHANNEL_NUMBER, channelNumber(CHANNEL));
        }
        return method == Wire.REFRESH ? request : request.address(Wire.XOR_PEER_ADDRESS, peer().address());
    }

    private Packet signedBy(Login login, Packet request) {
        return request.text(Wire.USERNAME, login.username())
                .text(Wire.REALM, client().realm())
                .attribute(Wire.NONCE, client().nonce())
                .integrity(Keys.md5(login.username(), client().realm(), login.password()));
    }

    @Must("8489 9.2.2")
    void theKeyIsMd5OfUsernameRealmAndPassword() {
        byte[] key = Keys.md5("user", "realm", "pass");
        expect(HexFormat.of().formatHex(key).equals("8493fbc53ba582fb4c044c456bdc40eb"), "another key");
        client().exchange(client().signed(Client.bareAllocate())).expectSuccess();
    }
}
