package dev.parley.config;

import java.time.Duration;

/** Limits on clients over TCP and TLS. */
public record StreamsConfig(
        @Setting(value = "TCP and TLS connections of clients at once.", atLeast = "1", atMost = "1000000")
        int connections,

        @Setting(
                value = "Connections of one IPv4 address or IPv6 /64 at once that have not yet shown a credential.",
                atLeast = "1",
                atMost = "1000000")
        int unauthenticatedPerAddress,

        @Setting(value = "PROXY header and TLS handshake of a connection, in all.", atLeast = "1s", atMost = "10m")
        Duration handshakeTimeout,

        @Setting(
                value = "After that, the first whole STUN message, however slowly its bytes come.",
                atLeast = "1s",
                atMost = "10m")
        Duration firstMessageTimeout,

        @Setting(
                value = "A connection without a whole message for so long ends, until a credential was good.",
                atLeast = "1s",
                atMost = "1h")
        Duration idleTimeout,

        @Setting(
                value = "The same once a credential was good, while there is no allocation. With an allocation a "
                        + "connection may be silent as long as that lives.",
                atLeast = "1s",
                atMost = "1h")
        Duration authenticatedIdleTimeout,

        @Setting(
                value = "What may wait for a client that reads slowly before relayed data to it is dropped.",
                atLeast = "4KiB",
                atMost = "16MiB")
        ByteSize sendQueue,

        @Setting(
                value = "Answers that may wait beyond that before the connection is closed.",
                atLeast = "4KiB",
                atMost = "16MiB")
        ByteSize replyQueue,

        @Setting(
                value = "Connections to peers of one TCP allocation at once; see turn.tcp-relay.",
                atLeast = "1",
                atMost = "4096")
        int peerConnections) {}
