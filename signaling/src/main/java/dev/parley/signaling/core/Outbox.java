package dev.parley.signaling.core;

import java.util.ArrayDeque;
import java.util.List;

/**
 * What a session was sent and has not confirmed yet, numbered from 1 without gaps, so that it can be sent again after
 * the connection was lost. Bounded: when it is full the oldest goes, and whoever still needed that is told so.
 */
final class Outbox {
    /** Characters that a message takes beside its contents, about. */
    private static final int ENVELOPE = 128;

    private final int maxMessages;
    private final int maxCharacters;
    private final ArrayDeque<Kept> kept = new ArrayDeque<>(1);
    private long lastNumber;
    private long characters;

    /** One message under its number. */
    record Kept(long number, ServerMessage message) {}

    Outbox(HubLimits limits) {
        this.maxMessages = limits.of(HubLimit.RESUME_MESSAGES);
        this.maxCharacters = limits.of(HubLimit.RESUME_CHARACTERS);
    }

    /** Keeps the message and gives it the next number. */
    long add(ServerMessage message) {
        lastNumber++;
        kept.addLast(new Kept(lastNumber, message));
        characters += costOf(message);
        while (kept.size() > maxMessages || characters > maxCharacters) {
            removeOldest();
        }
        return lastNumber;
    }

    /** The client has everything up to this number; a number that was never given is ignored. */
    void confirm(long number) {
        if (number > lastNumber) {
            return;
        }
        while (!kept.isEmpty() && kept.getFirst().number() <= number) {
            removeOldest();
        }
    }

    /** The number of the newest message; 0 before the first. */
    long lastNumber() {
        return lastNumber;
    }

    /** How many messages are kept. */
    int size() {
        return kept.size();
    }

    /** Whether a client that has everything up to this number can be sent all the rest. */
    boolean canContinueAfter(long number) {
        long oldest = kept.isEmpty() ? lastNumber + 1 : kept.getFirst().number();
        return number <= lastNumber && number >= oldest - 1;
    }

    /** All that is kept, oldest first; a copy. */
    List<Kept> all() {
        return List.copyOf(kept);
    }

    /** Forgets all that is kept, not the numbers. */
    void clear() {
        kept.clear();
        characters = 0;
    }

    private void removeOldest() {
        characters -= costOf(kept.removeFirst().message());
    }

    private static int costOf(ServerMessage message) {
        return ENVELOPE + message.characters();
    }
}
