package dev.parley.turn.core;

/** Handovers by the 5-tuple that the client is moving to; looked up for packets from nobody's 5-tuple. */
final class HandoverIndex extends ByClient<Handover> {
    HandoverIndex(long secret) {
        super(secret);
    }

    @Override
    ClientKey clientOf(Handover handover) {
        return handover.client();
    }
}
