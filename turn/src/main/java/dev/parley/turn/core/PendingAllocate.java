package dev.parley.turn.core;

import java.util.ArrayList;
import java.util.List;

/**
 * An Allocate request that waits for its sockets.
 *
 * @param exchange the request, to be answered
 * @param wanted what it will be granted
 * @param shortfalls the families it will not get, in the order in which that became known
 * @param sinceNanos when the request came
 */
record PendingAllocate(Exchange exchange, AllocateCheck.Wanted wanted, List<Shortfall> shortfalls, long sinceNanos) {
    PendingAllocate {
        shortfalls = List.copyOf(shortfalls);
    }

    PendingAllocate without(Shortfall shortfall) {
        List<Shortfall> more = new ArrayList<>(shortfalls);
        more.add(shortfall);
        return new PendingAllocate(exchange, wanted, more, sinceNanos);
    }

    /** Why nothing at all is granted: what this server could do something about counts more than what it never can. */
    RefusalReason refusal() {
        for (Shortfall shortfall : shortfalls) {
            if (shortfall.reason() != RefusalReason.UNSUPPORTED_FAMILY) {
                return shortfall.reason();
            }
        }
        return RefusalReason.UNSUPPORTED_FAMILY;
    }
}
