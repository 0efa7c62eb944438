package dev.parley.config;

import java.time.Duration;

/** Limits on clients over DTLS; what a sender can cause before it has returned a cookie is nothing. */
public record DtlsLimitsConfig(
        @Setting(
                value = "DTLS handshakes under way at once. Each takes some 20 KiB and, with a client that answers,"
                        + " a few milliseconds.",
                atLeast = "1",
                atMost = "100000")
        int handshakes,

        @Setting(value = "The same of one IPv4 address or IPv6 /64.", atLeast = "1", atMost = "100000")
        int handshakesPerAddress,

        @Setting(value = "Established DTLS associations at once.", atLeast = "1", atMost = "1000000")
        int associations,

        @Setting(value = "The same of one IPv4 address or IPv6 /64.", atLeast = "1", atMost = "1000000")
        int associationsPerAddress,

        @Setting(
                value = "From the ClientHello with a good cookie to the end of the handshake.",
                atLeast = "1s",
                atMost = "5m")
        Duration handshakeTimeout,

        @Setting(
                value = "An association without an allocation ends after so long without an authentic record.",
                atLeast = "1s",
                atMost = "1h")
        Duration idleTimeout) {}
