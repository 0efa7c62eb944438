package dev.parley.config;

import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** The HTTP API for programs: TURN credentials under {@code /api/v1/ice-servers}. */
public record ApiConfig(
        @Setting(
                value = "File with the API keys, one a line, mode 0600; ./parley api-key makes them. It is read again"
                        + " when it has changed; a key that is gone loses its credentials and their allocations.",
                whenUnset = "there are no keys")
        @Nullable
        Path keysFile,

        @Setting("Whether holders of room tokens get credentials too, for relaying within a room of their token.")
        boolean tokens,

        @Setting(
                value = "How long the credentials of token holders are good for, at most until the token ends.",
                atLeast = "1m",
                atMost = "24h")
        Duration tokenTtl,

        @Setting(value = "Credentials a minute for the holders of tokens of one user.", atLeast = "1", atMost = "1000")
        int tokenPerMinute,

        @Setting(
                value = "Users whose credentials have been revoked and have not expired; more cannot be revoked.",
                atLeast = "16",
                atMost = "10000000")
        int revocations) {}
