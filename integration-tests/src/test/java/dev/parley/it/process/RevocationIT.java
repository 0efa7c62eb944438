package dev.parley.it.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import dev.parley.it.fixture.HubClient;
import dev.parley.it.fixture.ParleyProcess;
import dev.parley.it.fixture.TurnClient;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Tokens and the secrets they are signed with end while the server runs. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RevocationIT {
    private static final int DENIED = 4003;
    private static final String OLD = "the-secret-that-was-first-in-use";
    private static final String NEW = "the-secret-that-took-its-place-1";

    private final Path folder = Files.createTempDirectory("parley-revocation");
    private final Path revoked = write("revoked", "# nothing yet\n");
    private final Path secrets = write("secrets", OLD + "\n");
    private final ParleyProcess parley = ParleyProcess.plan()
            .set("turn.relay-address", "127.0.0.1")
            .set("auth.anonymous", false)
            .set("auth.secret-file", secrets)
            .set("auth.revoked-file", revoked)
            .set("auth.failure-delay", "1s")
            .start();

    RevocationIT() throws IOException {}

    @AfterAll
    void everythingEndsWell() {
        parley.close();
    }

    /** In one step, so that nobody reads half of it. */
    private Path write(String name, String text) throws IOException {
        Path next = folder.resolve(name + ".next");
        Files.writeString(next, text);
        Files.setPosixFilePermissions(next, PosixFilePermissions.fromString("rw-------"));
        return Files.move(
                next, folder.resolve(name), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    private static String token(String id, String secret) throws JOSEException {
        JWTClaimsSet claims = new JWTClaimsSet.Builder()
                .jwtID(id)
                .subject(id)
                .claim("rooms", List.of("garden"))
                .expirationTime(Date.from(Instant.now().plus(Duration.ofHours(1))))
                .build();
        SignedJWT token = new SignedJWT(new JWSHeader(JWSAlgorithm.HS256), claims);
        token.sign(new MACSigner(secret));
        return token.serialize();
    }

    private HubClient come(String token) {
        return new HubClient(parley.page(), "{\"type\":\"hello\",\"token\":\"" + token + "\"}");
    }

    @Test
    void revokedTokenEndsSessionAndAllocationAndLetsNobodyInAnyMore() throws JOSEException, IOException {
        String lost = token("lost-laptop", OLD);
        try (var ann = come(lost);
                var bob = come(token("bob", OLD))) {
            ann.join("garden");
            bob.join("garden");
            try (var relay = new TurnClient(parley.turnAddress(), ann.credentials());
                    var other = new TurnClient(parley.turnAddress(), bob.credentials())) {
                relay.allocate();
                other.allocate();
                write("revoked", "jti=lost-laptop\n");

                assertThat(ann.awaitClose()).isEqualTo(DENIED);
                Awaitility.await()
                        .atMost(Duration.ofSeconds(1))
                        .pollInterval(Duration.ofMillis(50))
                        .untilAsserted(() -> assertThat(
                                        relay.refresh(Duration.ofMinutes(10)).code())
                                .isIn(401, 437, 441));
                assertThat(other.refresh(Duration.ofMinutes(10)).isSuccess())
                        .as("others go on")
                        .isTrue();
            }
            assertThatThrownBy(() -> come(lost)).hasMessageContaining("\"denied\"");
        }
    }

    @Test
    void secretTakesThePlaceOfAnotherWithAnOverlap() throws JOSEException, IOException {
        assertThatThrownBy(() -> come(token("ann", NEW))).hasMessageContaining("\"denied\"");
        write("secrets", NEW + "\n" + OLD + "\n");
        untilLetIn(token("ann", NEW));
        come(token("ann", OLD)).close();

        write("secrets", NEW + "\n");
        String old = token("ann", OLD);
        Awaitility.await()
                .atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> assertThatThrownBy(() -> come(old).close()).hasMessageContaining("\"denied\""));
        come(token("ann", NEW)).close();
        write("secrets", OLD + "\n");
        untilLetIn(old);
    }

    private void untilLetIn(String token) {
        Awaitility.await()
                .atMost(Duration.ofSeconds(20))
                .ignoreExceptions()
                .untilAsserted(() -> come(token).close());
    }
}
