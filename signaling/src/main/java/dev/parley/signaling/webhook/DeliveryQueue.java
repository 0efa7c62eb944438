package dev.parley.signaling.webhook;

import dev.parley.ice.time.DeadlineQueue;
import dev.parley.signaling.core.RoomName;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Events that one receiver still has to take. Those of one room are told one after another in order; those of
 * different rooms do not wait for each other. Bounded. One thread; time comes in with every call.
 */
final class DeliveryQueue {
    private final int capacity;
    private final int concurrency;
    private final BackOff backOff;
    private final RandomGenerator random;
    /** The first of each is the one that is due, or on its way. */
    private final Map<RoomName, Deque<Waiting>> waitingByRoom = new HashMap<>();

    private final DeadlineQueue<RoomName> deadlines = new DeadlineQueue<>();
    private int size;
    private int underWay;

    /** An event, since when it waits, and how often telling it has failed. */
    private record Waiting(RoomEvent event, long sinceNanos, int failures) {}

    /**
     * @param capacity events that wait at once
     * @param concurrency events that are told at once
     */
    DeliveryQueue(int capacity, int concurrency, BackOff backOff, RandomGenerator random) {
        this.capacity = capacity;
        this.concurrency = concurrency;
        this.backOff = backOff;
        this.random = random;
    }

    int size() {
        return size;
    }

    /** False if there is no place; the event is lost then. */
    boolean offer(RoomEvent event, long nowNanos) {
        if (size >= capacity) {
            return false;
        }
        size++;
        Deque<Waiting> ofRoom = waitingByRoom.computeIfAbsent(event.room(), room -> new ArrayDeque<>(2));
        ofRoom.add(new Waiting(event, nowNanos, 0));
        if (ofRoom.size() == 1) {
            deadlines.schedule(event.room(), nowNanos);
        }
        return true;
    }

    /** Events to be told now; each is answered by {@link #taken} or {@link #failed}. */
    List<RoomEvent> due(long nowNanos) {
        List<RoomEvent> due = new ArrayList<>();
        while (underWay < concurrency) {
            RoomName room = deadlines.pollDue(nowNanos);
            if (room == null) {
                break;
            }
            underWay++;
            due.add(first(room).event());
        }
        return due;
    }

    /** When {@link #due} has more; {@link DeadlineQueue#NEVER} if only answers can change that. */
    long nextDeadlineNanos() {
        return underWay < concurrency ? deadlines.peekNanos() : DeadlineQueue.NEVER;
    }

    /** The receiver has it. */
    void taken(RoomEvent event, long nowNanos) {
        underWay--;
        next(event.room(), nowNanos);
    }

    /** The receiver did not take it. Returns whether that was the last attempt. */
    boolean failed(RoomEvent event, long nowNanos) {
        underWay--;
        Deque<Waiting> ofRoom = require(event.room());
        Waiting waiting = ofRoom.removeFirst();
        int failures = waiting.failures() + 1;
        long againNanos = nowNanos + backOff.waitNanos(failures, random);
        ofRoom.addFirst(new Waiting(event, waiting.sinceNanos(), failures));
        if (againNanos - waiting.sinceNanos() > backOff.giveUpAfter().toNanos()) {
            next(event.room(), nowNanos);
            return true;
        }
        deadlines.schedule(event.room(), againNanos);
        return false;
    }

    private void next(RoomName room, long nowNanos) {
        Deque<Waiting> ofRoom = require(room);
        ofRoom.removeFirst();
        size--;
        if (ofRoom.isEmpty()) {
            waitingByRoom.remove(room);
        } else {
            deadlines.schedule(room, nowNanos);
        }
    }

    private Waiting first(RoomName room) {
        return require(room).getFirst();
    }

    private Deque<Waiting> require(RoomName room) {
        @Nullable Deque<Waiting> ofRoom = waitingByRoom.get(room);
        if (ofRoom == null) {
            throw new IllegalStateException("nothing waits of " + room);
        }
        return ofRoom;
    }
}
