package dev.parley.server;

import dev.parley.config.ServerConfig;
import dev.parley.config.StreamsConfig;
import dev.parley.config.TurnConfig;
import dev.parley.ice.address.CidrSet;
import dev.parley.ice.address.IpAddress;
import dev.parley.ice.address.TransportAddress;
import dev.parley.turn.stream.StreamLimits;
import dev.parley.turn.stream.StreamSettings;
import dev.parley.turn.tls.TlsContexts;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the configuration says about the relay's clients over TCP and TLS. */
final class ClientStreams {
    private ClientStreams() {}

    /** @param tls of the host's certificate; null if there is none, and then the TLS port is not opened */
    static StreamSettings of(TurnConfig turn, List<IpAddress> addresses, @Nullable TlsContexts tls) {
        List<TransportAddress> listen = new ArrayList<>();
        addresses.forEach(address -> listen.add(TransportAddress.of(address, turn.port())));
        if (tls != null) {
            addresses.forEach(address -> listen.add(TransportAddress.of(address, turn.tlsPort())));
        }
        return new StreamSettings(
                listen, limits(turn.streams()), tls, CidrSet.of(turn.proxyProtocol()), turn.tcpRelay());
    }

    /** Whether clients are told of TLS. */
    static boolean hasTls(ServerConfig config) {
        return config.tls().certificate() != null;
    }

    private static StreamLimits limits(StreamsConfig streams) {
        return new StreamLimits(
                streams.connections(),
                streams.unauthenticatedPerAddress(),
                streams.handshakeTimeout(),
                streams.firstMessageTimeout(),
                streams.idleTimeout(),
                streams.authenticatedIdleTimeout(),
                Math.toIntExact(streams.sendQueue().bytes()),
                Math.toIntExact(streams.replyQueue().bytes()));
    }
}
