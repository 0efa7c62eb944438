package dev.parley.turn.stream;

import dev.parley.ice.address.CidrSet;
import dev.parley.ice.address.TransportAddress;
import dev.parley.turn.tls.TlsContexts;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the operator decided about clients over TCP and TLS.
 *
 * @param listen local addresses and ports; on each, plain TCP and TLS are told apart by the first byte
 * @param tls for connections that begin with TLS; null without a certificate
 * @param proxies from where a PROXY header is required, and believed
 * @param onOneLoop whether one event loop serves all of them: TCP allocations need that, since a client comes with
 *     several connections that belong together
 */
public record StreamSettings(
        List<TransportAddress> listen,
        StreamLimits limits,
        @Nullable TlsContexts tls,
        CidrSet proxies,
        boolean onOneLoop) {
    /** No streams at all. */
    public static final StreamSettings NONE = of(List.of());

    public StreamSettings {
        listen = List.copyOf(listen);
    }

    /** Plain TCP at these addresses, everything else as it comes. */
    public static StreamSettings of(List<TransportAddress> listen) {
        return new StreamSettings(listen, StreamLimits.DEFAULT, null, CidrSet.empty(), false);
    }
}
