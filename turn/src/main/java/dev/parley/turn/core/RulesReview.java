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
        for (Allocation allocation : allocations.table().all()) {
            dropDeniedRoutes(allocation, rules, effects);
            allocation
                    .permissions()
                    .select(permission -> rules.deniesEveryPort(permission.peer()))
                    .forEach(permissions::remove);
        }
        return effects;
    }

    private void dropDeniedRoutes(Allocation allocation, PeerRules rules, List<TurnEffect> effects) {
        long scopeVersion = rules.scopeVersion();
        allocation.routes().forEach(route -> route.decide(rules.decide(allocation, route.peer()), scopeVersion));
        for (PeerRoute denied :
                allocation.routes().select(route -> !route.verdict().admits())) {
            if (denied.hasChannel()) {
                effects.add(expiry.unbind(denied));
            }
            allocation.routes().remove(denied);
        }
    }
}
