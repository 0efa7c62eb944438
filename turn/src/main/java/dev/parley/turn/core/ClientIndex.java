package dev.parley.turn.core;

/** Allocations by the client's 5-tuple; looked up for every packet from a client. */
final class ClientIndex extends ByClient<Allocation> {
    ClientIndex(long secret) {
        super(secret);
    }

    @Override
    ClientKey clientOf(Allocation allocation) {
        return allocation.client();
    }
}
