package dev.parley.config;

/** The admin listener, which is reachable from this host only. */
public record AdminConfig(
        @Setting(value = "TCP port on 127.0.0.1 for /metrics, /healthz and /readyz.", atLeast = "1", atMost = "65535")
        int port) {}
