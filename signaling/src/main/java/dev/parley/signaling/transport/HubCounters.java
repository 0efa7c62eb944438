package dev.parley.signaling.transport;

import dev.parley.signaling.auth.DenyReason;
import dev.parley.signaling.core.CloseReason;
import dev.parley.signaling.core.Refusal;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.LongAdder;

/**
 * What the signaling side has done and holds, for metrics. Written by all its threads, read by anybody.
 */
public final class HubCounters {
    private final LongAdder connections = new LongAdder();
    private final LongAdder connectionsRefused = new LongAdder();
    private final LongAdder requests = new LongAdder();
    private final LongAdder requestsRefused = new LongAdder();
    private final LongAdder upgrades = new LongAdder();
    private final LongAdder posts = new LongAdder();
    private final LongAdder pollsWaiting = new LongAdder();
    private final LongAdder streamsOpen = new LongAdder();
    private final LongAdder messagesIn = new LongAdder();
    private final LongAdder messagesOut = new LongAdder();
    private final LongAdder resumes = new LongAdder();
    private final LongAdder resumesWithLoss = new LongAdder();
    private final LongAdder addressesHidden = new LongAdder();
    private final LongAdder faults = new LongAdder();
    private final Map<Refusal, LongAdder> refusals = perConstant(Refusal.class, Refusal.values());
    private final Map<CloseReason, LongAdder> closes = perConstant(CloseReason.class, CloseReason.values());
    private final Map<DropInName, DropInCounters> dropIns = new EnumMap<>(DropInName.class);
    private final Map<DenyReason, LongAdder> denials = perConstant(DenyReason.class, DenyReason.values());
    private volatile int sessions;
    private volatile int rooms;
    private volatile int members;

    public HubCounters() {
        for (DropInName name : DropInName.values()) {
            dropIns.put(name, new DropInCounters());
        }
    }

    /** What one drop-in endpoint counts by itself. */
    public DropInCounters dropIn(DropInName name) {
        return Objects.requireNonNull(dropIns.get(name));
    }

    private static <E extends Enum<E>> Map<E, LongAdder> perConstant(Class<E> type, E[] constants) {
        Map<E, LongAdder> adders = new EnumMap<>(type);
        for (E constant : constants) {
            adders.put(constant, new LongAdder());
        }
        return adders;
    }

    /** TCP connections open now. */
    public long connections() {
        return connections.sum();
    }

    /** TCP connections closed at once, because there were too many in total or from their address. */
    public long connectionsRefused() {
        return connectionsRefused.sum();
    }

    /** HTTP requests, refused ones included. */
    public long requests() {
        return requests.sum();
    }

    /** HTTP requests answered with 4xx or 5xx. */
    public long requestsRefused() {
        return requestsRefused.sum();
    }

    /** Connections that became WebSockets. */
    public long upgrades() {
        return upgrades.sum();
    }

    /** HTTP requests that brought messages. */
    public long posts() {
        return posts.sum();
    }

    /** HTTP requests that wait for messages now. */
    public long pollsWaiting() {
        return pollsWaiting.sum();
    }

    /** Streams of events open now. */
    public long streamsOpen() {
        return streamsOpen.sum();
    }

    /** Messages received. */
    public long messagesIn() {
        return messagesIn.sum();
    }

    /** Messages sent; one to ten members is ten. */
    public long messagesOut() {
        return messagesOut.sum();
    }

    /** Sessions continued over a new connection. */
    public long resumes() {
        return resumes.sum();
    }

    /** Those of {@link #resumes} for which not all messages could be sent again. */
    public long resumesWithLoss() {
        return resumesWithLoss.sum();
    }

    /** Signals from which addresses were taken, in rooms in which everything is relayed. */
    public long addressesHidden() {
        return addressesHidden.sum();
    }

    /** Mistakes of our own that were caught; anything but zero is worth a look into the log. */
    public long faults() {
        return faults.sum();
    }

    /** Messages not carried out, by cause. */
    public Map<Refusal, Long> refusals() {
        return sums(Refusal.class, refusals);
    }

    /** Those who were not let in and tokens that changed nothing, by cause. */
    public Map<DenyReason, Long> denials() {
        return sums(DenyReason.class, denials);
    }

    /** Lines closed by the server, by cause. */
    public Map<CloseReason, Long> closes() {
        return sums(CloseReason.class, closes);
    }

    /** Sessions that exist now. */
    public int sessions() {
        return sessions;
    }

    /** Rooms that exist now. */
    public int rooms() {
        return rooms;
    }

    /** Members of all rooms now; a session in two rooms counts twice. */
    public int members() {
        return members;
    }

    private static <E extends Enum<E>> Map<E, Long> sums(Class<E> type, Map<E, LongAdder> adders) {
        Map<E, Long> sums = new EnumMap<>(type);
        adders.forEach((constant, adder) -> sums.put(constant, adder.sum()));
        return sums;
    }

    void connectionOpened() {
        connections.increment();
    }

    void connectionClosed() {
        connections.decrement();
    }

    void connectionRefused() {
        connectionsRefused.increment();
    }

    void request(boolean refused) {
        requests.increment();
        if (refused) {
            requestsRefused.increment();
        }
    }

    void upgraded() {
        upgrades.increment();
    }

    void posted() {
        posts.increment();
    }

    void pollWaits(boolean waits) {
        pollsWaiting.add(waits ? 1 : -1);
    }

    void streamIsOpen(boolean open) {
        streamsOpen.add(open ? 1 : -1);
    }

    void messageIn() {
        messagesIn.increment();
    }

    void messagesOut(int count) {
        messagesOut.add(count);
    }

    void resumed(boolean withLoss) {
        resumes.increment();
        if (withLoss) {
            resumesWithLoss.increment();
        }
    }

    void fault() {
        faults.increment();
    }

    void hidAddresses() {
        addressesHidden.increment();
    }

    void refused(Refusal refusal) {
        add(refusals, refusal);
    }

    void denied(DenyReason reason) {
        add(denials, reason);
    }

    void closed(CloseReason reason) {
        add(closes, reason);
    }

    private static <E> void add(Map<E, LongAdder> adders, E constant) {
        LongAdder adder = adders.get(constant);
        if (adder != null) {
            adder.increment();
        }
    }

    void holds(int sessionCount, int roomCount, int memberCount) {
        sessions = sessionCount;
        rooms = roomCount;
        members = memberCount;
    }
}
