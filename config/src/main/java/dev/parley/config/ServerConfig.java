package dev.parley.config;

import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Everything an operator can set, as one immutable tree. Made by the configuration reader, taken apart only by the
 * wiring. A component's name in kebab case is its key ({@code stateDir} is {@code state-dir}); a nested record is a
 * section.
 */
public record ServerConfig(
        HttpConfig http,
        TlsConfig tls,
        TurnConfig turn,
        RelayConfig relay,
        RoomsConfig rooms,
        SessionsConfig sessions,
        AuthConfig auth,
        ApiConfig api,
        WebhooksConfig webhooks,
        LimitsConfig limits,
        PeerJsConfig peerjs,
        TopicsConfig topics,
        TrackerConfig tracker,
        AdminConfig admin,
        LogConfig log,

        @Setting(
                value = "Directory for what must survive a restart, such as the generated secret. "
                        + "Created with mode 0700.",
                whenUnset = "/var/lib/parley for root, otherwise $XDG_STATE_HOME/parley or ~/.local/state/parley")
        @Nullable
        Path stateDir,

        @Setting(
                value = "How long a stopping server waits for its clients to go before it closes what is left.",
                atLeast = "0s",
                atMost = "10m")
        Duration drainDeadline) {}
