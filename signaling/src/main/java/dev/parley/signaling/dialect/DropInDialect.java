package dev.parley.signaling.dialect;

import org.jspecify.annotations.Nullable;

/**
 * The language of one drop-in endpoint. Stateless: one instance serves all connections and threads.
 *
 * @param <M> the messages of its clients
 * @param <A> what its clients are told
 */
public interface DropInDialect<M, A> {

    /** Understands one message of a client; never throws. The text is not longer than the message cap. */
    M decode(String text);

    /** The text of an answer. */
    String encode(A answer);

    /** What somebody is told who is not let in; null if the protocol has no words for it. */
    default @Nullable A denial() {
        return null;
    }
}
