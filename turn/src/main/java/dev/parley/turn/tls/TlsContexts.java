package dev.parley.turn.tls;

import io.netty.handler.ssl.SslContext;

/** Where a listener takes its TLS context from, anew for each connection: it changes when the certificate does. */
@FunctionalInterface
public interface TlsContexts {
    /** The context of the newest good certificate. Any thread; returns at once. */
    SslContext current();
}
