package dev.parley.ice.credential;

import java.time.Instant;

/**
 * A TURN username and password that work until they expire. The password never prints itself.
 *
 * @param username {@code expiry:name}, the expiry in Unix seconds
 * @param password base64 of an HMAC over the username
 */
public record MintedCredential(String username, String password, Instant expiry) {
    @Override
    public String toString() {
        return "MintedCredential[" + username + ", ***]";
    }
}
