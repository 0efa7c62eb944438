package dev.parley.turn.core;

import java.util.ArrayList;
import java.util.List;

/**
 * Applies changed peer rules to what was granted under the old ones: a reload that tightens a list must not spare old
 * permissions.
 */
final class RulesReview {
    private final Allocations allocations;
    private final Permissions permissions;
    private final Expiry expiry;

    RulesReview(Allocations allocations, Permissions permissions, Expiry expiry) {
        this.allocations = allocations;
        this.permissions = permissions;
        this.expiry = expiry;
    }

    List<TurnEffect> run(PeerRules rules) {
        List<TurnEffect> effects = new ArrayList<>();
        for (Relay relay : allocations.table().relays()) {
            dropDeniedRoutes(relay, rules, effects);
            relay.permissions()
                    .select(permission -> rules.deniesEveryPort(permission.peer()))
                    .forEach(permissions::remove);
        }
        return effects;
    }

    private void dropDeniedRoutes(Relay relay, PeerRules rules, List<TurnEffect> effects) {
        long scopeVersion = rules.scopeVersion();
        relay.routes().forEach(route -> route.decide(rules.decide(relay, route.peer()), scopeVersion));
        for (PeerRoute denied : relay.routes().select(route -> !route.verdict().admits())) {
            if (denied.hasChannel()) {
                effects.add(expiry.unbind(denied));
            }
            relay.routes().remove(denied);
        }
    }
}
