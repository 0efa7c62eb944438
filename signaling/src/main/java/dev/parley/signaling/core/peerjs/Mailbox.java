package dev.parley.signaling.core.peerjs;

import java.util.ArrayList;
import java.util.List;

/** What waits for one id that nobody has, in the order it came. */
final class Mailbox {
    private final String owner;
    private final List<Waiting> waiting = new ArrayList<>(4);
    private long characters;

    /** One message, and who sent it. */
    record Waiting(Peer source, PeerJsAnswer.Relayed message, int cost) {}

    Mailbox(String owner) {
        this.owner = owner;
    }

    String owner() {
        return owner;
    }

    List<Waiting> waiting() {
        return waiting;
    }

    long characters() {
        return characters;
    }

    void add(Waiting entry) {
        waiting.add(entry);
        characters += entry.cost();
    }

    boolean hasFrom(Peer source) {
        return waiting.stream().anyMatch(entry -> entry.source().equals(source));
    }
}
