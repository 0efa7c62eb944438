package dev.parley.signaling.api;

import dev.parley.signaling.core.RoomAnswer;
import dev.parley.signaling.core.RoomOrder;
import java.util.function.Consumer;

/** Where rooms are: carries out orders in its own time. Any thread. */
@FunctionalInterface
public interface RoomService {
    /** Answers exactly once, on a thread of its own; the answer must not block there. */
    void order(RoomOrder order, Consumer<RoomAnswer> answer);
}
