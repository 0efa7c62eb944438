package dev.parley.turn.loop;

import dev.parley.ice.address.TransportAddress;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Where every exception of the transport ends: at the tail of a pipeline or around an effect. What the network causes
 * is
 * counted as a refused packet, everything else as a bug of ours; neither ends a socket.
 */
public final class LastCatch {
    private final TurnCounters counters;
    private final SparseLog log;

    public LastCatch(TurnCounters counters, SparseLog log) {
        this.counters = counters;
        this.log = log;
    }

    /**
     * What reached the tail of a pipeline.
     *
     * @param about the local address or the client, for the log
     */
    public void caught(@Nullable TransportAddress about, Throwable cause) {
        if (cause instanceof IOException) {
            counters.dropped(WireDrop.SEND_REFUSED);
            log.warn(SparseLog.Topic.SOCKET, about, cause);
        } else {
            failed(about, cause);
        }
    }

    public void failed(@Nullable TransportAddress about, Throwable bug) {
        counters.failed();
        log.warn(SparseLog.Topic.FAILURE, about, bug);
    }
}
