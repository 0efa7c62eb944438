package dev.parley.signaling.auth;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import dev.parley.ice.credential.Secret;
import dev.parley.signaling.core.Role;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Makes tokens that this server takes, signed with a shared secret (HS256). */
public final class TokenMint {
    private TokenMint() {}

    /**
     * One token.
     *
     * @param secret the first of those that the server has
     * @param rooms names, or beginnings of names with an asterisk
     * @param rules whose issuer and audience are put in
     */
    public static String mint(
            Secret secret,
            @Nullable String user,
            List<String> rooms,
            @Nullable Role role,
            TokenRules rules,
            Instant now,
            Instant expires) {
        JWTClaimsSet claims = new JWTClaimsSet.Builder()
                .issuer(rules.issuer())
                .audience(rules.audience())
                .subject(user)
                .jwtID(UUID.randomUUID().toString())
                .issueTime(Date.from(now))
                .expirationTime(Date.from(expires))
                .claim("rooms", rooms)
                .claim("role", role == null ? null : role.word())
                .build();
        SignedJWT token = new SignedJWT(new JWSHeader(JWSAlgorithm.HS256), claims);
        try {
            token.sign(new MACSigner(secret.reveal().getBytes(StandardCharsets.UTF_8)));
        } catch (JOSEException impossible) {
            throw new IllegalStateException("every Secret has 256 bits", impossible);
        }
        return token.serialize();
    }
}
