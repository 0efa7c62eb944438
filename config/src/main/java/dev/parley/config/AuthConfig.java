package dev.parley.config;

import dev.parley.ice.credential.Secret;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Who may come into the hub, and as whom. */
public record AuthConfig(
        @Setting("Whether clients without a token get in; they may join every room. With auth.hook-url the hook is"
                + " asked. Clients of PeerJS, y-webrtc, Trystero and WebTorrent bring their tokens in the address.")
        boolean anonymous,

        @Setting(
                value = "Shared secrets that sign tokens (HS256), each of at least 32 characters. Any of them is good;"
                        + " ./parley token signs with the first. Better set by the environment variable than in a file"
                        + " that others can read.",
                whenUnset = "auth.secret-file; without that, keys and hook a random secret is made at the first start"
                        + " and kept in state-dir",
                reloadable = true)
        List<Secret> secret,

        @Setting(
                value = "File with the shared secrets of tokens, one a line, mode 0600.",
                whenUnset = "see auth.secret",
                reloadable = true)
        @Nullable
        Path secretFile,

        @Setting(
                value = "File with tokens that count no more, mode 0600; one a line: jti=ID, sub=USER for all of a"
                        + " user, or sub=USER;before=SECONDS for those issued before (since 1970). Who came with"
                        + " one is sent out.",
                whenUnset = "tokens count until their end",
                reloadable = true)
        @Nullable
        Path revokedFile,

        @Setting(
                value = "Where the public keys of tokens are (RS256, ES256, EdDSA): an HTTP address with a JSON Web Key"
                        + " Set. Use https unless it is this host.",
                whenUnset = "auth.jwks-file")
        @Nullable
        URI jwksUrl,

        @Setting(
                value = "File with the JSON Web Key Set, instead of an address.",
                whenUnset = "tokens are signed with secrets only")
        @Nullable
        Path jwksFile,

        @Setting(
                value = "After how long the key set is had again. If that fails the last good one counts on.",
                atLeast = "10s",
                atMost = "24h")
        Duration jwksRefresh,

        @Setting(
                value = "Least time between two attempts to have the key set, also when tokens name unknown keys.",
                atLeast = "1s",
                atMost = "1h")
        Duration jwksRetry,

        @Setting(value = "Issuer (iss) that tokens must have.", whenUnset = "any") @Nullable
        String issuer,

        @Setting(value = "Audience (aud) that tokens must be for.", whenUnset = "any") @Nullable
        String audience,

        @Setting(
                value = "By how much clocks may differ; a session ends this long after its token.",
                atLeast = "0s",
                atMost = "60s")
        Duration leeway,

        @Setting(
                value = "Your own service that is asked about everybody: an HTTP address that takes a POST with JSON"
                        + " and answers with allow. No answer is a no.",
                whenUnset = "nobody is asked")
        @Nullable
        URI hookUrl,

        @Setting(value = "How long the hook has to answer.", atLeast = "1s", atMost = "30s")
        Duration hookTimeout,

        @Setting(value = "Questions to the hook at once; others wait for their turn.", atLeast = "1", atMost = "1024")
        int hookConcurrency,

        @Setting("Where hosts come from: room makes whoever comes into a room without a host one; token leaves that to"
                + " tokens and the hook.")
        RoleSource roles,

        @Setting(
                "What a user may do who is in a room and joins it again with another session: allow lets both be there,"
                        + " replace sends the older one out.")
        SameUser sameUser,

        @Setting(
                value = "Clients whose tokens are looked at at once; more are told to try later.",
                atLeast = "1",
                atMost = "100000")
        int pending,

        @Setting(
                value = "Addresses (IPv6: /64) whose failures are remembered, for half an hour; the oldest is forgotten"
                        + " first.",
                atLeast = "16",
                atMost = "1000000")
        int failureAddresses,

        @Setting(
                value = "The longest that a refusal is kept back. It begins with 200 ms at the fourth failure of an"
                        + " address and doubles; success is never slowed.",
                atLeast = "0s",
                atMost = "60s")
        Duration failureDelay) {
    public AuthConfig {
        secret = List.copyOf(secret);
    }
}
