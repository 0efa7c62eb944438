package dev.parley.server;

import dev.parley.config.BehaviorDiscoveryConfig;
import dev.parley.ice.address.IpAddress;
import dev.parley.ice.address.TransportAddress;
import dev.parley.turn.core.BehaviorDiscovery;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which UDP sockets behaviour discovery needs beside the usual ones.
 *
 * @param listen all of them, the usual ones first
 * @param discovery the pairs among them, or null if it is off
 */
record Discovery(List<TransportAddress> listen, @Nullable BehaviorDiscovery discovery) {
    private static final String KEY = "turn.behavior-discovery.alternate-address";

    Discovery {
        listen = List.copyOf(listen);
    }

    /** @param usual where clients are served anyway */
    static Discovery of(BehaviorDiscoveryConfig config, List<TransportAddress> usual) throws StartException {
        IpAddress second = config.alternateAddress();
        if (second == null) {
            return new Discovery(usual, null);
        }
        TransportAddress primary = usual.stream()
                .filter(address ->
                        address.family() == second.family() && !address.ip().equals(second))
                .findFirst()
                .orElseThrow(() -> new StartException(
                        KEY + ": clients are served on no other address of the family of " + second));
        if (primary.port() == config.alternatePort()) {
            throw new StartException("turn.behavior-discovery.alternate-port: is the same as turn.port");
        }
        TransportAddress alternate = TransportAddress.of(second, config.alternatePort());
        Set<TransportAddress> all = new LinkedHashSet<>(usual);
        all.add(TransportAddress.of(primary.ip(), alternate.port()));
        all.add(TransportAddress.of(second, primary.port()));
        all.add(alternate);
        List<TransportAddress> listen = List.copyOf(all);
        return new Discovery(listen, new BehaviorDiscovery(listen, primary, alternate));
    }
}
