package dev.parley.turn.core;

import dev.parley.ice.address.AddressFamily;
import dev.parley.ice.address.TransportAddress;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Which relay address an allocation gets where there are several of a family. All allocations of one client address,
 * whatever their user, port, transport or event loop, get the same one: peers see them as one host, as behind a NAT
 * with the pooling that RFC 4787 section 4.1 calls paired. Clients as a whole are spread evenly.
 */
final class RelayChoice {
    private final Map<AddressFamily, List<RelayAddress>> addressesByFamily = new EnumMap<>(AddressFamily.class);

    RelayChoice(List<RelayAddress> addresses) {
        addresses.forEach(address -> addressesByFamily
                .computeIfAbsent(address.bind().family(), family -> new ArrayList<>())
                .add(address));
    }

    /** The relay address of the family for the client, or null if there is none of that family. */
    @Nullable
    RelayAddress find(AddressFamily family, TransportAddress client) {
        List<RelayAddress> addresses = addressesByFamily.get(family);
        if (addresses == null) {
            return null;
        }
        boolean ipv4 = client.family() == AddressFamily.IPV4;
        // The same number on every event loop. An IPv6 /64 is one host, which changes its address within it.
        int hash = Hashing.mix(0, client.high(), ipv4 ? client.low() : 0, 0);
        return addresses.get(Math.floorMod(hash, addresses.size()));
    }

    /** One relay address of each family that there is, IPv4 first. */
    List<RelayAddress> ofEachFamily(TransportAddress client) {
        List<RelayAddress> chosen = new ArrayList<>();
        for (AddressFamily family : AddressFamily.values()) {
            RelayAddress address = find(family, client);
            if (address != null) {
                chosen.add(address);
            }
        }
        return chosen;
    }
}
