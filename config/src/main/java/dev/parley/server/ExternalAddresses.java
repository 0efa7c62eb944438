package dev.parley.server;

import dev.parley.config.ExternalAddress;
import dev.parley.ice.address.AddressFamily;
import dev.parley.ice.address.IpAddress;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What the one-to-one NAT in front of this host makes of its addresses.
 *
 * @param entries as configured: at most one for each internal address, and one of each family without
 */
record ExternalAddresses(List<ExternalAddress> entries) {
    ExternalAddresses {
        entries = List.copyOf(entries);
    }

    /** The address the world knows this local one by, which is itself if nothing is said about it. */
    IpAddress advertised(IpAddress local) {
        IpAddress wholeFamily = null;
        for (ExternalAddress entry : entries) {
            if (local.equals(entry.internal())) {
                return entry.external();
            }
            if (entry.internal() == null && entry.external().family() == local.family()) {
                wholeFamily = entry.external();
            }
        }
        return wholeFamily == null ? local : wholeFamily;
    }

    /** A local address of the family that is known by another one to the world, or null. */
    @Nullable
    IpAddress findInternal(AddressFamily family) {
        return entries.stream()
                .map(ExternalAddress::internal)
                .filter(internal -> internal != null && internal.family() == family)
                .findFirst()
                .orElse(null);
    }

    /** Whether an address of the family was named without saying which local one it stands for. */
    boolean coversAll(AddressFamily family) {
        return entries.stream()
                .anyMatch(entry -> entry.internal() == null && entry.external().family() == family);
    }

    Set<IpAddress> all() {
        return entries.stream().map(ExternalAddress::external).collect(Collectors.toUnmodifiableSet());
    }
}
