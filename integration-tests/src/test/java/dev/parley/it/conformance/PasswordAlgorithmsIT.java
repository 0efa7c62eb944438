package dev.parley.it.conformance;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.parley.it.wire.Client;
import dev.parley.it.wire.Keys;
import dev.parley.it.wire.Login;
import dev.parley.it.wire.Message;
import dev.parley.it.wire.Packet;
import dev.parley.it.wire.Transport;
import dev.parley.it.wire.Wire;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** What RFC 8489 adds to authentication, where a server offers it: SHA-256, password algorithms, hidden user names. */
@ParameterizedClass
@EnumSource(Transport.class)
class PasswordAlgorithmsIT extends Suite {
    private static final byte[] MD5 = {0, 1, 0, 0};
    private static final byte[] SHA_256 = {0, 2, 0, 0};

    PasswordAlgorithmsIT(Transport transport) {
        super(transport);
    }

    /** The algorithms that the server offers; aborts the test when it offers none. */
    private byte[] offered() {
        return offered(client());
    }

    /**
     * Over UDP a server may answer a very short first request without all this, so that nobody is sent more than was
     * asked for; so this first request is as long as those of clients that name themselves.
     */
    private static byte[] offered(Client client) {
        Message challenge = client.exchange(Client.bareAllocate().text(Wire.SOFTWARE, "conformance suite"))
                .expect(401);
        assumeTrue(SecurityFeatures.of(challenge).passwordAlgorithms(), "the server offers no algorithms");
        client.adopt(challenge);
        return challenge.require(Wire.PASSWORD_ALGORITHMS).bytes();
    }

    private Packet allocateWith(byte[] algorithms, byte[] algorithm) {
        return client().identified(Client.bareAllocate())
                .attribute(Wire.PASSWORD_ALGORITHMS, algorithms)
                .attribute(Wire.PASSWORD_ALGORITHM, algorithm);
    }

    @Must("8489 9.2.4")
    void sha256IsAcceptedAndAnsweredWithSha256() {
        offered();
        Message answer = client().exchange(client().signedWithSha256(Client.bareAllocate()))
                .expectSuccess();
        expect(answer.isSignedWithSha256By(client().sha256Key()), "not signed with SHA-256");
        expect(!answer.has(Wire.MESSAGE_INTEGRITY), "two signatures");
    }

    @Must("8489 9.2.4")
    void anErrorToAClientWithSha256IsSignedWithSha256() {
        offered();
        Message answer = client().exchange(client().signedWithSha256(Packet.request(Wire.REFRESH)))
                .expect(437);
        expect(answer.isSignedWithSha256By(client().sha256Key()), "not signed with SHA-256");
    }

    @Must("8489 9.2.4")
    void aClientThatNamesNoAlgorithmIsTakenForAnOldOne() {
        offered();
        Message answer = client().ask(Client.bareAllocate()).expectSuccess();
        expect(answer.isSignedBy(client().key()), "not signed as for an old client");
    }

    @Must("8489 9.2.4")
    void aListOfAlgorithmsThatWasChangedIsAnsweredWith400() {
        byte[] offered = offered();
        for (byte[] changed : List.of(SHA_256, MD5, new byte[] {0, 1, 0, 0, 0, 2, 0, 0, 0, 3, 0, 0})) {
            if (!Arrays.equals(changed, offered)) {
                client().exchange(allocateWith(changed, SHA_256).integritySha256(client().sha256Key()))
                        .expect(400);
            }
        }
    }

    @Must("8489 9.2.4")
    void anAlgorithmWithoutTheListIsAnsweredWith400() {
        offered();
        client().exchange(client().identified(Client.bareAllocate())
                        .attribute(Wire.PASSWORD_ALGORITHM, SHA_256)
                        .integritySha256(client().sha256Key()))
                .expect(400);
    }

    @Must("8489 9.2.4")
    void theListWithoutAnAlgorithmIsAnsweredWith400() {
        byte[] offered = offered();
        client().exchange(client().identified(Client.bareAllocate())
                        .attribute(Wire.PASSWORD_ALGORITHMS, offered)
                        .integritySha256(client().sha256Key()))
                .expect(400);
    }

    @Must("8489 9.2.4")
    void anAlgorithmThatIsNotInTheListIsAnsweredWith400() {
        byte[] offered = offered();
        client().exchange(allocateWith(offered, new byte[] {0, 9, 0, 0}).integritySha256(client().sha256Key()))
                .expect(400);
    }

    @Must("8489 9.2.4")
    void aWrongSha256IsAnsweredWith401AndTheList() {
        byte[] offered = offered();
        byte[] wrongKey = Keys.sha256(client().login().username(), client().realm(), "wrong");
        client().exchange(allocateWith(offered, SHA_256).integritySha256(wrongKey))
                .expect(401)
                .require(Wire.NONCE);
    }

    @Must("8489 9.2.4")
    void anUnknownUserGetsTheListAgain() {
        Client stranger = open(new Login("nobody", "knows"));
        offered(stranger);
        stranger.ask(Client.bareAllocate()).expect(401).require(Wire.PASSWORD_ALGORITHMS);
    }

    @Must("8489 9.2.4")
    void aStaleNonceIsAnsweredWithTheList() {
        offered();
        String nonce = new String(client().nonce(), StandardCharsets.US_ASCII);
        String changed = nonce.substring(0, nonce.length() - 4) + (nonce.endsWith("AAAA") ? "BBBB" : "AAAA");
        client().exchange(Client.bareAllocate()
                        .text(Wire.USERNAME, client().login().username())
                        .text(Wire.REALM, client().realm())
                        .text(Wire.NONCE, changed)
                        .integrity(client().key()))
                .expect(438)
                .require(Wire.PASSWORD_ALGORITHMS);
    }

    @Must("8489 16.1.3")
    void aNonceWhoseFeaturesWereTakenAwayIsNotAccepted() {
        offered();
        String nonce = new String(client().nonce(), StandardCharsets.US_ASCII);
        String robbed = nonce.substring(0, 9) + "AAAA" + nonce.substring(13);
        client().exchange(Client.bareAllocate()
                        .text(Wire.USERNAME, client().login().username())
                        .text(Wire.REALM, client().realm())
                        .text(Wire.NONCE, robbed)
                        .integrity(client().key()))
                .expect(438);
    }

    @Must("8489 14.6")
    void aTruncatedSha256IsNotAccepted() {
        byte[] offered = offered();
        for (int bytes : List.of(4, 12, 16, 28)) {
            client().exchange(allocateWith(offered, SHA_256).integritySha256(client().sha256Key(), bytes))
                    .expect(400, 401);
        }
    }

    @Must("8489 9.2.4")
    void ofTwoSignaturesSha256Counts() {
        byte[] offered = offered();
        byte[] wrongKey = new byte[32];
        client().exchange(allocateWith(offered, SHA_256)
                        .integrity(client().sha256Key())
                        .integritySha256(wrongKey))
                .expect(401);
    }

    @Must("8489 9.2.5")
    void aHashedUsernameIsAccepted() {
        Client client = openWithHiddenName();
        byte[] offered = offered(client);
        byte[] hash = Keys.userhash(client.login().username(), client.realm());
        Message answer = client.exchange(hashed(client, hash, offered)).expectSuccess();
        expect(answer.isSignedWithSha256By(client.sha256Key()), "not signed with the key of the hidden user");
    }

    @Must("8489 9.2.4")
    void aWrongHashOfAUsernameIsAnsweredWith401() {
        Client client = openWithHiddenName();
        client.exchange(hashed(client, new byte[32], offered(client))).expect(401);
    }

    /** A client whose name the server can find by its hash; aborts the test when it says that it finds none. */
    private Client openWithHiddenName() {
        Client client = open(server().hashableLogin());
        offered(client);
        assumeTrue(SecurityFeatures.of(client.challenge()).usernameAnonymity(), "no hidden user names");
        return client;
    }

    private static Packet hashed(Client client, byte[] hash, byte[] offered) {
        return Client.bareAllocate()
                .attribute(Wire.USERHASH, hash)
                .text(Wire.REALM, client.realm())
                .attribute(Wire.NONCE, client.nonce())
                .attribute(Wire.PASSWORD_ALGORITHMS, offered)
                .attribute(Wire.PASSWORD_ALGORITHM, SHA_256)
                .integritySha256(client.sha256Key());
    }
}
