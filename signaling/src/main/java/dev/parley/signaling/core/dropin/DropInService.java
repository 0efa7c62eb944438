package dev.parley.signaling.core.dropin;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What one drop-in protocol does; {@link DropInHub} keeps its connections. Pure: time comes in with every call, what it
 * wants done it appends to the list it is given.
 *
 * @param <M> the messages of its clients
 * @param <A> what its clients are told
 */
public interface DropInService<M, A> {

    /** Carries a message out, or says why not. */
    @Nullable
    DropInRefusal received(DropInLine line, M message, long nowNanos, List<DropInEffect<A>> effects);

    /** The connection is gone; nothing may be left that only it needed. */
    void closed(DropInLine line, long nowNanos, List<DropInEffect<A>> effects);

    /** When {@link #timerFired} is due; {@code Long.MAX_VALUE} if nothing waits. */
    long nextDeadlineNanos();

    void timerFired(long nowNanos, List<DropInEffect<A>> effects);

    /** Whether connections are pinged and closed when they fall silent; else the protocol has its own signs of life. */
    boolean usesPings();
}
