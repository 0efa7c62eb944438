package dev.parley.turn.core;

import dev.parley.ice.address.IpAddress;
import dev.parley.ice.time.DeadlineQueue;

/** Installs, refreshes and removes permissions (RFC 8656 section 9), and keeps the routes that hang on them in step. */
final class Permissions {
    private final DeadlineQueue<Timed> deadlines;

    Permissions(DeadlineQueue<Timed> deadlines) {
        this.deadlines = deadlines;
    }

    /** The caller has checked rules and limits. */
    Permission install(Relay relay, IpAddress peer, long nowNanos) {
        Permission permission = relay.permissions().find(peer);
        if (permission == null) {
            permission = new Permission(relay, peer);
            relay.permissions().insert(permission);
            // A channel outlives its permission by five minutes, and works again when that comes back.
            permitRoutes(relay, peer, permission);
        }
        permission.refreshUntil(nowNanos + Lifetimes.PERMISSION_NANOS);
        deadlines.schedule(permission, permission.expiryNanos());
        return permission;
    }

    private static void permitRoutes(Relay relay, IpAddress peer, Permission permission) {
        relay.routes().forEach(route -> {
            if (isBehind(route, peer)) {
                route.permitBy(permission);
            }
        });
    }

    /** Removes the permission, and the routes behind it unless a channel keeps them. */
    void remove(Permission permission) {
        Relay relay = permission.relay();
        deadlines.cancel(permission);
        relay.permissions().remove(permission);
        for (PeerRoute route : relay.routes().select(candidate -> isBehind(candidate, permission.peer()))) {
            route.permitBy(null);
            if (!route.hasChannel()) {
                relay.routes().remove(route);
            }
        }
    }

    private static boolean isBehind(PeerRoute route, IpAddress peer) {
        return route.peer().low() == peer.low() && route.peer().high() == peer.high();
    }
}
