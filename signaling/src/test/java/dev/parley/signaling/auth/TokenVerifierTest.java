package dev.parley.signaling.auth;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jwt.JWTClaimsSet;
import dev.parley.ice.credential.Secret;
import dev.parley.signaling.core.Allowance;
import dev.parley.signaling.core.Grant;
import dev.parley.signaling.core.Identity;
import dev.parley.signaling.core.Role;
import dev.parley.signaling.core.UserId;
import dev.parley.testing.SeededGenerator;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.Date;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which tokens are taken, and which are not. */
class TokenVerifierTest {
    private static final Duration LEEWAY = Duration.ofSeconds(30);
    private static final TokenRules RULES = new TokenRules(null, null, LEEWAY);

    private static TokenVerifier secrets(TokenRules rules) {
        return new TokenVerifier(List.of(new SharedSecrets(List.of(Tokens.SECRET))), rules, () -> Tokens.NOW);
    }

    private static TokenVerifier keys() {
        KeyRing ring = new CachedKeySet(Tokens::keySet, Duration.ofMinutes(10), Duration.ofSeconds(30), () -> 0);
        return new TokenVerifier(List.of(ring), RULES, () -> Tokens.NOW);
    }

    private static DenyReason reason(TokenVerifier verifier, String token) {
        return switch (verifier.verify(new BearerToken(token))) {
            case Decision.Denied(var reason) -> reason;
            case Decision.Admitted admitted -> throw new AssertionError(admitted);
        };
    }

    private static Identity identity(TokenVerifier verifier, String token) {
        Decision decision = verifier.verify(new BearerToken(token));
        assertThat(decision).isInstanceOf(Decision.Admitted.class);
        return ((Decision.Admitted) decision).identity();
    }

    private static DenyReason reason(JWTClaimsSet.Builder claims) {
        return reason(secrets(RULES), Tokens.hs256(Tokens.SECRET, claims));
    }

    private static Identity identity(JWTClaimsSet.Builder claims) {
        return identity(secrets(RULES), Tokens.hs256(Tokens.SECRET, claims));
    }

    @Test
    void section5JwtAlgorithmsAreTakenEachWithItsOwnKey() {
        assertThat(identity(Tokens.claims()).user()).isEqualTo(UserId.find("ann"));
        assertThat(identity(keys(), Tokens.rs256(Tokens.RSA, Tokens.claims())).user())
                .isNotNull();
        assertThat(identity(keys(), Tokens.es256(Tokens.EC, Tokens.claims())).user())
                .isNotNull();
        String edDsa = Tokens.edDsa(Tokens.ED25519.getPrivate(), "ed", Tokens.claims());
        assertThat(identity(keys(), edDsa).user()).isNotNull();
    }

    @Test
    void section5SecretRotationTakesAllOfAList() {
        String old = Tokens.hs256(Tokens.OTHER_SECRET, Tokens.claims());
        SharedSecrets both = new SharedSecrets(List.of(Tokens.SECRET, Tokens.OTHER_SECRET));

        identity(new TokenVerifier(List.of(both), RULES, () -> Tokens.NOW), old);
        assertThat(reason(secrets(RULES), old)).isEqualTo(DenyReason.SIGNATURE);
    }

    /** Row 69 of the list of known attacks. */
    @ParameterizedTest
    @ValueSource(strings = {"none", "None", "NONE", "nOnE", "HS384", "HS512", "PS256", "ES384", "RS512", "ES256K", ""})
    void row69AlgorithmThatIsNotOnTheListIsRefused(String algorithm) {
        String token = Tokens.withHeader("{\"alg\":\"" + algorithm + "\"}", Tokens.claims());

        assertThat(reason(secrets(RULES), token)).isIn(DenyReason.ALGORITHM, DenyReason.MALFORMED);
        String unsigned = token.substring(0, token.lastIndexOf('.') + 1);
        assertThat(reason(secrets(RULES), unsigned)).isIn(DenyReason.ALGORITHM, DenyReason.MALFORMED);
    }

    @Test
    void row69PublicKeyIsNoSharedSecret() {
        String publicKey = Tokens.RSA.toPublicJWK().toJSONString();
        String token = Tokens.hs256(Secret.ofText(publicKey), Tokens.claims());

        assertThat(reason(keys(), token)).isEqualTo(DenyReason.UNKNOWN_KEY);
    }

    @Test
    void row69SecretsOpenNothingForOtherAlgorithms() {
        assertThat(reason(secrets(RULES), Tokens.rs256(Tokens.RSA, Tokens.claims())))
                .isEqualTo(DenyReason.UNKNOWN_KEY);
    }

    @Test
    void row69UnknownKeyAndEmptySignatureAreRefused() {
        String stranger = Tokens.rs256(Tokens.rsa(2048, "stranger"), Tokens.claims());
        String impostor = Tokens.rs256(Tokens.rsa(2048, "rsa"), Tokens.claims());
        String good = Tokens.rs256(Tokens.RSA, Tokens.claims());

        assertThat(reason(keys(), stranger)).isEqualTo(DenyReason.UNKNOWN_KEY);
        assertThat(reason(keys(), impostor)).isEqualTo(DenyReason.SIGNATURE);
        assertThat(reason(keys(), good.substring(0, good.lastIndexOf('.') + 1)))
                .isIn(DenyReason.SIGNATURE, DenyReason.MALFORMED);
    }

    @Test
    void row69AlgorithmIsBoundToTheKindOfItsKey() {
        String rsaByName =
                Tokens.es256(new ECKey.Builder(Tokens.EC).keyID("rsa").build(), Tokens.claims());

        assertThat(reason(keys(), rsaByName)).isEqualTo(DenyReason.UNKNOWN_KEY);
    }

    /** Row 54: the signature of zeros that CVE-2022-21449 took. */
    @Test
    void row54SignatureOfZerosIsRefused() {
        String good = Tokens.es256(Tokens.EC, Tokens.claims());
        String zeros = good.substring(0, good.lastIndexOf('.') + 1) + Tokens.base64(new byte[64]);

        assertThat(reason(keys(), zeros)).isEqualTo(DenyReason.SIGNATURE);
    }

    @Test
    void row70EncryptedTokensAndHugeWorkFactorsAreRefusedBeforeAnyWork() {
        String header = "{\"alg\":\"PBES2-HS256+A128KW\",\"enc\":\"A128GCM\",\"p2c\":2147483648,\"p2s\":\"AAAA\"}";
        String jwe = Tokens.base64(header) + ".AAAA.AAAA.AAAA.AAAA";

        assertThat(reason(keys(), jwe)).isEqualTo(DenyReason.MALFORMED);
        assertThat(reason(keys(), Tokens.base64(header) + ".AAAA.AAAA"))
                .isIn(DenyReason.ALGORITHM, DenyReason.MALFORMED);
    }

    @Test
    void row70DeepClaimsAreRefused() {
        String deep = "[".repeat(2500) + "]".repeat(2500);
        String header = Tokens.base64("{\"alg\":\"HS256\",\"deep\":" + deep + "}");

        assertThat(reason(secrets(RULES), header + ".AAAA.AAAA")).isEqualTo(DenyReason.MALFORMED);
    }

    @Test
    void row70LargeTokenIsRefusedUnread() {
        assertThat(reason(secrets(RULES), "a".repeat(1_048_576))).isEqualTo(DenyReason.TOO_LARGE);
        assertThat(reason(secrets(RULES), "a".repeat(TokenVerifier.MAX_LENGTH + 1)))
                .isEqualTo(DenyReason.TOO_LARGE);
        assertThat(reason(secrets(RULES), "a".repeat(TokenVerifier.MAX_LENGTH))).isEqualTo(DenyReason.MALFORMED);
    }

    @Test
    void row72TenThousandMutatedTokensAreRefused() {
        SeededGenerator random = new SeededGenerator(72);
        String good = Tokens.hs256(Tokens.SECRET, Tokens.claims());
        TokenVerifier verifier = secrets(RULES);
        for (int i = 0; i < 10_000; i++) {
            byte[] bytes = good.getBytes(StandardCharsets.US_ASCII);
            int at = random.below(bytes.length - 1);
            boolean unusedBits = bytes[at + 1] == '.' || bytes[at] == '.'; // the last of a part may mean nothing
            bytes[at] = (byte) (bytes[at] == 'A' ? 'B' : 'A');
            if (!unusedBits) {
                assertThat(verifier.verify(new BearerToken(new String(bytes, StandardCharsets.US_ASCII))))
                        .as("changed at %s", at)
                        .isInstanceOf(Decision.Denied.class);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"jku\":\"https://evil.example/keys\"",
                "\"x5u\":\"https://evil.example/cert\"",
                "\"jwk\":{\"kty\":\"oct\",\"k\":\"a2V5\"}",
                "\"crit\":[\"exp\"],\"exp\":1",
                "\"crit\":[\"b64\"],\"b64\":false"
            })
    void section5JwtHeadersThatBringKeysOrDemandsAreRefused(String member) {
        assertThat(reason(secrets(RULES), Tokens.withHeader("{\"alg\":\"HS256\"," + member + "}", Tokens.claims())))
                .isIn(DenyReason.HEADER, DenyReason.MALFORMED);
    }

    @Test
    void section5JwtWeakKeysAreNoKeys() {
        assertThat(KeySet.find(Tokens.keySet(
                        Tokens.rsa(1024, "weak").toPublicJWK().toJSONString(), "{\"kty\":\"oct\",\"k\":\"a2V5\"}")))
                .isNull();
        assertThat(KeySet.find("no json")).isNull();
    }

    @Test
    void section5JwtIsGoodUntilItsEndAndTheLeewayAfterIt() {
        Instant end = Tokens.NOW.minus(LEEWAY);

        assertThat(identity(Tokens.claims().expirationTime(Date.from(end.plusSeconds(1))))
                        .lifetime())
                .isEqualTo(Duration.ofSeconds(1));
        assertThat(reason(Tokens.claims().expirationTime(Date.from(end)))).isEqualTo(DenyReason.EXPIRED);
        assertThat(reason(Tokens.claims().expirationTime(null))).isEqualTo(DenyReason.EXPIRED);
    }

    @Test
    void tokenWithAnEndFarAwayEndsAfterAYear() {
        Date never = Date.from(Instant.ofEpochMilli(Long.MAX_VALUE / 2));

        assertThat(identity(Tokens.claims().expirationTime(never)).lifetime())
                .isEqualTo(TokenVerifier.MAX_LIFETIME.plus(LEEWAY));
    }

    @Test
    void tokenBeginsAtItsBeginningLessTheLeeway() {
        Instant begin = Tokens.NOW.plus(LEEWAY);

        assertThat(identity(Tokens.claims().notBeforeTime(Date.from(begin)))).isNotNull();
        assertThat(reason(Tokens.claims().notBeforeTime(Date.from(begin.plusSeconds(1)))))
                .isEqualTo(DenyReason.NOT_YET_VALID);
    }

    @Test
    void issuerAndAudienceMustBeThoseConfigured() {
        TokenVerifier strict = secrets(new TokenRules("https://id.example", "parley", LEEWAY));
        JWTClaimsSet.Builder right =
                Tokens.claims().issuer("https://id.example").audience(List.of("other", "parley"));

        assertThat(identity(strict, Tokens.hs256(Tokens.SECRET, right))).isNotNull();
        assertThat(reason(strict, Tokens.hs256(Tokens.SECRET, right.issuer("https://id.example.evil"))))
                .isEqualTo(DenyReason.ISSUER);
        assertThat(reason(
                        strict,
                        Tokens.hs256(
                                Tokens.SECRET,
                                right.issuer("https://id.example").audience("parley2"))))
                .isEqualTo(DenyReason.AUDIENCE);
        assertThat(reason(strict, Tokens.hs256(Tokens.SECRET, Tokens.claims()))).isEqualTo(DenyReason.ISSUER);
    }

    @Test
    void claimsGiveRoomsRolesAndLimits() {
        Identity identity = identity(Tokens.claims()
                .claim("role", "member")
                .claim("rooms", List.of("lobby", Tokens.entry("team-*", "host")))
                .claim("limits", Map.of("rooms", 2, "messagesPerSecond", 10)));

        assertThat(identity.grants())
                .containsExactly(new Grant("lobby", false, Role.MEMBER), new Grant("team-", true, Role.HOST));
        assertThat(identity.allowance()).isEqualTo(new Allowance(2, 10));
    }

    @Test
    void tokenWithoutRoomsOpensNone() {
        assertThat(identity(Tokens.claims().claim("rooms", null)).grants()).isEmpty();
    }

    @Test
    void claimThatCannotBeUnderstoodIsNotPassedOver() {
        assertThat(reason(Tokens.claims().claim("role", "king"))).isEqualTo(DenyReason.CLAIMS);
        assertThat(reason(Tokens.claims().claim("role", 1))).isEqualTo(DenyReason.CLAIMS);
        assertThat(reason(Tokens.claims().claim("rooms", "lobby"))).isEqualTo(DenyReason.CLAIMS);
        assertThat(reason(Tokens.claims().claim("rooms", List.of(1)))).isEqualTo(DenyReason.CLAIMS);
        assertThat(reason(Tokens.claims().claim("room", "a\u0000b"))).isEqualTo(DenyReason.CLAIMS);
        assertThat(reason(Tokens.claims().claim("limits", Map.of("rooms", 0)))).isEqualTo(DenyReason.CLAIMS);
        assertThat(reason(Tokens.claims().subject("a".repeat(129)))).isEqualTo(DenyReason.CLAIMS);
    }

    @Test
    void roomsOfATokenAreBoundedAtNAndNotAtNPlusOne() {
        List<String> most = Collections.nCopies(IdentityReader.MAX_GRANTS, "r");
        List<String> more = Collections.nCopies(IdentityReader.MAX_GRANTS + 1, "r");

        assertThat(identity(Tokens.claims().claim("rooms", most)).grants()).hasSize(IdentityReader.MAX_GRANTS);
        assertThat(reason(Tokens.claims().claim("rooms", more))).isEqualTo(DenyReason.CLAIMS);
    }

    @Test
    void mintedTokenIsTakenByTheServerThatHasTheSecret() {
        TokenRules rules = new TokenRules("me", "you", LEEWAY);
        String token = TokenMint.mint(
                Tokens.SECRET, "ann", List.of("garden"), Role.HOST, rules, Tokens.NOW, Tokens.NOW.plusSeconds(60));

        Identity identity = identity(secrets(rules), token);
        assertThat(identity.grants()).containsExactly(new Grant("garden", false, Role.HOST));
        assertThat(identity.user()).isEqualTo(UserId.find("ann"));
    }

    @Test
    void section5SecretsTokenIsNotPrinted() {
        assertThat(new BearerToken("abc.def.ghi").toString()).isEqualTo("BearerToken[***]");
    }
}
