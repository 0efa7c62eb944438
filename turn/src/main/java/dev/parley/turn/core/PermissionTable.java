package dev.parley.turn.core;

import dev.parley.ice.address.IpAddress;
import org.jspecify.annotations.Nullable;

/** The permissions of one relay, by the peer's IP address. */
final class PermissionTable extends ProbingTable<Permission> {
    private final long secret;

    PermissionTable(long secret) {
        this.secret = secret;
    }

    @Nullable
    Permission find(IpAddress peer) {
        return find(peer.high(), peer.low());
    }

    /** All peers of a relay have its family, so the bits decide. */
    @Nullable
    Permission find(long high, long low) {
        int slot = firstSlot(Hashing.mix(secret, high, low, 0));
        for (Permission found = at(slot); found != null; found = at(slot)) {
            if (found.peer().low() == low && found.peer().high() == high) {
                return found;
            }
            slot = nextSlot(slot);
        }
        return null;
    }

    @Override
    int hashOf(Permission permission) {
        return Hashing.mix(secret, permission.peer().high(), permission.peer().low(), 0);
    }
}
