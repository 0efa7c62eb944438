package dev.parley.it.wire;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;

/** A user name and its password. */
public record Login(String username, String password) {
    private static final int HOUR_SECONDS = 3600;

    /** The usual form of time-limited credentials: the password is an HMAC of expiry and name under a secret. */
    public static Login timeLimited(String name, String secret) {
        String username = Instant.now().getEpochSecond() + HOUR_SECONDS + ":" + name;
        byte[] mac = Keys.hmac(
                "HmacSHA1", secret.getBytes(StandardCharsets.UTF_8), username.getBytes(StandardCharsets.UTF_8));
        return new Login(username, Base64.getEncoder().encodeToString(mac));
    }
}
