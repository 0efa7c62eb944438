package dev.parley.signaling.core.dropin;

import dev.parley.signaling.core.CloseReason;
import java.util.List;

/**
 * What a drop-in endpoint wants done, in this order.
 *
 * @param <A> what its clients are told
 */
public sealed interface DropInEffect<A> {

    /** Send one answer over these connections; it is meant to be serialised once. */
    record Send<A>(List<LineId> to, A answer) implements DropInEffect<A> {
        public Send {
            to = List.copyOf(to);
        }
    }

    /** Send a WebSocket ping. */
    record Ping<A>(LineId line) implements DropInEffect<A> {}

    /** Close the connection; {@link DropInEvent.Closed} follows when it is gone. */
    record Close<A>(LineId line, CloseReason reason) implements DropInEffect<A> {}

    /** A name is in use from now on, or no more: what discovery shows. */
    record Listed<A>(String name, boolean present) implements DropInEffect<A> {}

    /** Something was not done; for counters. */
    record Refused<A>(LineId line, DropInRefusal refusal) implements DropInEffect<A> {}
}
