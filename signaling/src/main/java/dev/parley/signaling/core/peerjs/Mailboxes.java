package dev.parley.signaling.core.peerjs;

import dev.parley.ice.time.DeadlineQueue;
import dev.parley.signaling.core.HubLimit;
import dev.parley.signaling.core.HubLimits;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What waits for ids that nobody has. Bounded four times: by addressee, by sender, in total and in time, which runs
 * from the first message for an addressee; then all that waits for it is discarded together.
 */
final class Mailboxes {
    /** Characters that a message takes beside its payload, about. */
    private static final int ENVELOPE = 256;

    private final HubLimits limits;
    private final Map<String, Mailbox> mailboxByOwner = new LinkedHashMap<>();
    private final DeadlineQueue<String> deadlines = new DeadlineQueue<>();
    private long characters;

    Mailboxes(HubLimits limits) {
        this.limits = limits;
    }

    /** How it went with a message. */
    enum Outcome {
        KEPT,
        /** Not kept, but an earlier one of the same sender for the same addressee is. */
        DROPPED,
        /** Not kept, and nothing else will tell the sender. */
        DROPPED_UNTOLD
    }

    Outcome add(Peer source, PeerJsAnswer.Relayed message, long nowNanos) {
        int cost = ENVELOPE + message.dst().length() + message.src().length() + message.characters();
        Mailbox mailbox = mailboxByOwner.get(message.dst());
        if (!hasRoom(mailbox, source, cost)) {
            return mailbox != null && mailbox.hasFrom(source) ? Outcome.DROPPED : Outcome.DROPPED_UNTOLD;
        }
        if (mailbox == null) {
            mailbox = new Mailbox(message.dst());
            mailboxByOwner.put(message.dst(), mailbox);
            deadlines.schedule(message.dst(), nowNanos + limits.nanos(HubLimit.PEERJS_EXPIRE_SECONDS));
        }
        mailbox.add(new Mailbox.Waiting(source, message, cost));
        count(source, 1, cost);
        return Outcome.KEPT;
    }

    private boolean hasRoom(@Nullable Mailbox mailbox, Peer source, int cost) {
        int messages = mailbox == null ? 0 : mailbox.waiting().size();
        long mailboxCharacters = mailbox == null ? 0 : mailbox.characters();
        return messages < limits.of(HubLimit.PEERJS_QUEUE_MESSAGES)
                && mailboxCharacters + cost <= limits.of(HubLimit.PEERJS_QUEUE_CHARACTERS)
                && source.waitingMessages < limits.of(HubLimit.PEERJS_SOURCE_MESSAGES)
                && source.waitingCharacters + cost <= limits.of(HubLimit.PEERJS_SOURCE_CHARACTERS)
                && characters + cost <= limits.of(HubLimit.PEERJS_WAITING_CHARACTERS);
    }

    private void count(Peer source, int messages, long cost) {
        source.waitingMessages += messages;
        source.waitingCharacters += cost;
        characters += cost;
    }

    /** All that waits for this id, which somebody has now; it does not wait any more. */
    List<Mailbox.Waiting> take(String id) {
        Mailbox mailbox = mailboxByOwner.get(id);
        return mailbox == null ? List.of() : remove(mailbox).waiting();
    }

    long nextDeadlineNanos() {
        return deadlines.peekNanos();
    }

    /** The next mailbox whose time is over, which is discarded with this; null if there is none. */
    @Nullable
    Mailbox pollExpired(long nowNanos) {
        String owner = deadlines.pollDue(nowNanos);
        Mailbox mailbox = owner == null ? null : mailboxByOwner.get(owner);
        return mailbox == null ? null : remove(mailbox);
    }

    private Mailbox remove(Mailbox mailbox) {
        mailboxByOwner.remove(mailbox.owner());
        deadlines.cancel(mailbox.owner());
        mailbox.waiting().forEach(entry -> count(entry.source(), -1, -entry.cost()));
        return mailbox;
    }

    /** Mailboxes that are there now. */
    int size() {
        return mailboxByOwner.size();
    }

    /** Zero when nothing waits. */
    long characters() {
        return characters;
    }
}
