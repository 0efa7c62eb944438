package dev.parley.turn.core;

import dev.parley.ice.address.TransportAddress;
import java.util.HashSet;
import java.util.Set;

/** A scope that admits everybody but those the test shuts out. */
final class FakeScope implements RelayScope {
    private final Set<TransportAddress> outside = new HashSet<>();
    private long version;
    private int questions;

    void shutOut(TransportAddress peer) {
        outside.add(peer);
        version++;
    }

    void letIn(TransportAddress peer) {
        outside.remove(peer);
        version++;
    }

    @Override
    public boolean admits(String name, TransportAddress peer) {
        questions++;
        return !outside.contains(peer);
    }

    /** How often the rules were asked since the last time. */
    int takeQuestions() {
        int asked = questions;
        questions = 0;
        return asked;
    }

    @Override
    public long version() {
        return version;
    }
}
