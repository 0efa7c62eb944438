package dev.parley.signaling.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.ice.time.DeadlineQueue;
import dev.parley.signaling.core.RoomName;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class DeliveryQueueTest {
    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);
    private static final BackOff BACK_OFF =
            new BackOff(Duration.ofSeconds(1), Duration.ofSeconds(8), Duration.ofSeconds(60));

    private final DeliveryQueue queue = new DeliveryQueue(4, 2, BACK_OFF, new Random(7));
    private long nowNanos = 100;

    private static RoomEvent event(String room, String id) {
        RoomName name = new RoomName(room);
        return new RoomEvent(id, RoomEvent.Kind.ROOM_STARTED, Instant.EPOCH, name, null, null, null);
    }

    private List<String> due() {
        return queue.due(nowNanos).stream().map(RoomEvent::id).toList();
    }

    @Test
    void eventsOfARoomAreToldOneAfterAnotherAndThoseOfOthersMeanwhile() {
        RoomEvent first = event("garden", "1");
        queue.offer(first, nowNanos);
        queue.offer(event("garden", "2"), nowNanos);
        queue.offer(event("cellar", "3"), nowNanos);

        assertThat(due()).containsExactlyInAnyOrder("1", "3");
        assertThat(due()).isEmpty();
        queue.taken(first, nowNanos);
        assertThat(due()).containsExactly("2");
    }

    @Test
    void noMoreAreUnderWayThanMayBe() {
        RoomEvent first = event("a", "1");
        queue.offer(first, nowNanos);
        queue.offer(event("b", "2"), nowNanos);
        queue.offer(event("c", "3"), nowNanos);

        assertThat(due()).hasSize(2).contains("1");
        assertThat(queue.nextDeadlineNanos()).isEqualTo(DeadlineQueue.NEVER);
        queue.taken(first, nowNanos);
        assertThat(due()).hasSize(1);
    }

    @Test
    void soManyWaitAndNotOneMore() {
        for (int i = 0; i < 4; i++) {
            assertThat(queue.offer(event("garden", "x" + i), nowNanos)).isTrue();
        }
        assertThat(queue.offer(event("garden", "late"), nowNanos)).isFalse();
        queue.taken(queue.due(nowNanos).getFirst(), nowNanos);
        assertThat(queue.offer(event("garden", "again"), nowNanos)).isTrue();
    }

    @Test
    void failedOneComesAgainLaterAndLaterAndKeepsItsPlace() {
        RoomEvent first = event("garden", "1");
        queue.offer(first, nowNanos);
        queue.offer(event("garden", "2"), nowNanos);
        long longest = 1;
        for (int failures = 1; failures <= 5; failures++) {
            assertThat(due()).containsExactly("1");
            assertThat(queue.failed(first, nowNanos)).isFalse();
            long waitNanos = queue.nextDeadlineNanos() - nowNanos;
            assertThat(waitNanos).isBetween(longest * SECOND / 2, longest * SECOND);
            nowNanos += waitNanos - 1;
            assertThat(due()).isEmpty();
            nowNanos += 1;
            longest = Math.min(8, longest * 2);
        }
        assertThat(due()).containsExactly("1");
        queue.taken(first, nowNanos);
        assertThat(due()).containsExactly("2");
    }

    @Test
    void oneThatNobodyTakesIsGivenUpInTheEndAndTheNextIsTold() {
        RoomEvent first = event("garden", "1");
        long beginNanos = nowNanos;
        queue.offer(first, nowNanos);
        queue.offer(event("garden", "2"), nowNanos);
        boolean givenUp = false;
        while (!givenUp) {
            nowNanos = Math.max(nowNanos, queue.nextDeadlineNanos());
            assertThat(due()).containsExactly("1");
            givenUp = queue.failed(first, nowNanos);
            assertThat(nowNanos - beginNanos).isLessThanOrEqualTo(60 * SECOND);
        }
        assertThat(nowNanos - beginNanos).isGreaterThan(50 * SECOND);
        assertThat(due()).containsExactly("2");
        assertThat(queue.size()).isOne();
    }

    /** Order in each room, nothing twice at once, and nothing left, whatever fails. */
    @Test
    void orderHoldsWhateverFails() {
        for (long seed = 0; seed < 200; seed++) {
            Random random = new Random(seed);
            DeliveryQueue any = new DeliveryQueue(1000, 3, BACK_OFF, random);
            Map<RoomName, Integer> toldByRoom = new HashMap<>();
            List<RoomEvent> underWay = new ArrayList<>();
            int offered = 0;
            long now = 0;
            while (offered < 100 || any.size() > 0) {
                if (offered < 100 && random.nextInt(3) == 0) {
                    any.offer(event("room" + random.nextInt(4), Integer.toString(offered++)), now);
                }
                underWay.addAll(any.due(now));
                assertThat(underWay.size()).isLessThanOrEqualTo(3);
                if (!underWay.isEmpty() && random.nextBoolean()) {
                    RoomEvent answered = underWay.remove(random.nextInt(underWay.size()));
                    int number = Integer.parseInt(answered.id());
                    assertThat(number).as("seed %d", seed).isGreaterThan(toldByRoom.getOrDefault(answered.room(), -1));
                    if (random.nextInt(3) == 0) {
                        if (any.failed(answered, now)) {
                            toldByRoom.put(answered.room(), number);
                        }
                    } else {
                        any.taken(answered, now);
                        toldByRoom.put(answered.room(), number);
                    }
                }
                now += SECOND / 4;
            }
            assertThat(any.nextDeadlineNanos()).isEqualTo(DeadlineQueue.NEVER);
        }
    }
}
