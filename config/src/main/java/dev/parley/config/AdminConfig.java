package dev.parley.config;

import dev.parley.ice.credential.Secret;
import org.jspecify.annotations.Nullable;

/** The admin listener, which is reachable from this host only. */
public record AdminConfig(
        @Setting(
                value = "TCP port on 127.0.0.1 for /metrics, /healthz, /readyz and /api/v1/admin/reload.",
                atLeast = "1",
                atMost = "65535")
        int port,

        @Setting(
                value = "Token for what changes the server: an HTTP POST with 'Authorization: Bearer TOKEN'. At least "
                        + "32 characters. Better set by the environment variable than in a file that others can read.",
                whenUnset = "such requests are refused",
                reloadable = true)
        @Nullable
        Secret token) {}
