package dev.parley.turn.core;

import java.util.List;

/**
 * What the operator decided about one event loop's TURN server.
 *
 * @param realm of the long-term credentials; short, because it travels in every 401
 * @param relays at least one relay address; clients are spread over those of a family, and without IPv4 a plain
 *     Allocate is refused with 440
 * @param ports this loop's share of the relay ports
 * @param limits what clients can make us hold
 * @param extensions what is switched on beside TURN itself
 */
public record TurnSettings(
        String realm, List<RelayAddress> relays, PortPartition ports, TurnLimits limits, TurnExtensions extensions) {

    /** Without extensions. */
    public TurnSettings(String realm, List<RelayAddress> relays, PortPartition ports, TurnLimits limits) {
        this(realm, relays, ports, limits, TurnExtensions.NONE);
    }

    public TurnSettings {
        relays = List.copyOf(relays);
        if (realm.isEmpty() || realm.length() > 127) {
            throw new IllegalArgumentException("the realm must have 1 to 127 characters");
        }
        if (relays.isEmpty()) {
            throw new IllegalArgumentException("no relay address");
        }
        if (relays.stream().map(RelayAddress::bind).distinct().count() < relays.size()
                || relays.stream().map(RelayAddress::advertised).distinct().count() < relays.size()) {
            throw new IllegalArgumentException("two relay addresses are the same");
        }
    }
}
