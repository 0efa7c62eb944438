package dev.parley.turn.core;

/**
 * An Allocate request that waits for its socket.
 *
 * @param exchange the request, to be answered
 * @param wanted what it will be granted
 * @param attempts sockets asked for so far
 * @param sinceNanos when the request came
 */
record PendingAllocate(Exchange exchange, AllocateCheck.Wanted wanted, int attempts, long sinceNanos) {
    PendingAllocate nextAttempt() {
        return new PendingAllocate(exchange, wanted, attempts + 1, sinceNanos);
    }
}
