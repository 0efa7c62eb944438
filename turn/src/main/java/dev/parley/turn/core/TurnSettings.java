package dev.parley.turn.core;

import dev.parley.ice.address.AddressFamily;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * What the operator decided about one event loop's TURN server.
 *
 * @param realm of the long-term credentials; short, because it travels in every 401
 * @param relays at most one relay address of each family, at least one in all; without IPv4 a plain Allocate is
 *     refused with 440
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
        Set<AddressFamily> families = EnumSet.noneOf(AddressFamily.class);
        for (RelayAddress relay : relays) {
            if (!families.add(relay.bind().family())) {
                throw new IllegalArgumentException("two relay addresses of one family");
            }
        }
        if (families.isEmpty()) {
            throw new IllegalArgumentException("no relay address");
        }
    }
}
