package dev.parley.turn.transport;

import dev.parley.ice.address.TransportAddress;
import dev.parley.turn.dtls.DtlsShared;
import dev.parley.turn.socket.SocketEngine;
import dev.parley.turn.stream.StreamSettings;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the operator decided about the relay's sockets.
 *
 * @param listen local addresses and ports for clients over UDP; a wildcard stands for every address of its family that
 *     the host has when the relay starts
 * @param streams clients over TCP and TLS
 * @param threads event loops; each has its own listeners, relay sockets and core. One with NIO
 * @param sockets which kind of UDP sockets to use
 * @param responsesPerSource unauthenticated answers a second to one IPv4 address or IPv6 /64
 * @param responsesTotal unauthenticated answers a second to all together
 * @param wholeAddressesInLogs whether addresses of clients and peers are logged whole, or only their /24 or /48
 * @param dtls keys and limits if the same sockets serve DTLS too, otherwise null
 */
public record TransportSettings(
        List<TransportAddress> listen,
        StreamSettings streams,
        int threads,
        SocketEngine sockets,
        int responsesPerSource,
        int responsesTotal,
        boolean wholeAddressesInLogs,
        @Nullable DtlsShared dtls) {

    public TransportSettings {
        listen = List.copyOf(listen);
        if (listen.isEmpty()) {
            throw new IllegalArgumentException("no address to listen on");
        }
        if (threads < 1 || responsesPerSource < 1 || responsesTotal < 1) {
            throw new IllegalArgumentException("threads and response budgets are at least 1");
        }
    }

    /** These clients over TCP and TLS, and everything else as it is. */
    public TransportSettings with(StreamSettings newStreams) {
        return new TransportSettings(
                listen, newStreams, threads, sockets, responsesPerSource, responsesTotal, wholeAddressesInLogs, dtls);
    }

    /** Everything but the addresses and the number of threads as it comes. */
    public static TransportSettings of(List<TransportAddress> listen, int threads) {
        return new TransportSettings(
                listen,
                StreamSettings.NONE,
                threads,
                SocketEngine.best(),
                Defaults.RESPONSES_PER_SOURCE,
                Defaults.RESPONSES_TOTAL,
                false,
                null);
    }
}
