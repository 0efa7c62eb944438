package dev.parley.turn.stream;

import dev.parley.ice.address.CidrSet;
import dev.parley.turn.loop.LastCatch;
import dev.parley.turn.loop.RefusalLog;
import dev.parley.turn.loop.SparseLog;
import dev.parley.turn.loop.TurnCounters;
import dev.parley.turn.loop.TurnLoop;
import dev.parley.turn.loop.UpLink;
import dev.parley.turn.loop.Visitors;
import dev.parley.turn.socket.FlushQueue;
import dev.parley.turn.tls.TlsContexts;
import org.jspecify.annotations.Nullable;

/**
 * What all connections of one event loop work with.
 *
 * @param tls for connections that begin with TLS; null without a certificate
 * @param proxies from where a PROXY header is required, and believed
 */
public record StreamParts(
        TurnLoop loop,
        UpLink upLink,
        Visitors visitors,
        FlushQueue flushQueue,
        TurnCounters counters,
        LastCatch lastCatch,
        SparseLog log,
        RefusalLog refusals,
        StreamLimits limits,
        ConnectionCounts counts,
        @Nullable TlsContexts tls,
        CidrSet proxies) {}
