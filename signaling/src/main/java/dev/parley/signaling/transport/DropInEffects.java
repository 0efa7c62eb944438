package dev.parley.signaling.transport;

import dev.parley.signaling.core.CloseReason;
import dev.parley.signaling.core.dropin.DropInEffect;
import dev.parley.signaling.core.dropin.LineId;
import dev.parley.signaling.dialect.DropInDialect;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Runs the effects of one drop-in endpoint: the single switch over them. The endpoint's thread only, but for what
 * discovery shows.
 *
 * @param <A> what its clients are told
 */
final class DropInEffects<A> {
    private final DropInDialect<?, A> dialect;
    private final Outboxes outboxes;
    private final DropInCounters counters;
    private final Map<LineId, Line> lineById = new HashMap<>();
    private final Set<String> listed = ConcurrentHashMap.newKeySet();

    DropInEffects(DropInDialect<?, A> dialect, Outboxes outboxes, DropInCounters counters) {
        this.dialect = dialect;
        this.outboxes = outboxes;
        this.counters = counters;
    }

    void attach(LineId id, Line line) {
        lineById.put(id, line);
    }

    void detach(LineId id) {
        lineById.remove(id);
    }

    /** Any thread: the names in use. */
    List<String> listed() {
        return listed.stream().sorted().toList();
    }

    void run(DropInEffect<A> effect) {
        switch (effect) {
            case DropInEffect.Send<A>(var to, var answer) -> send(to, answer);
            case DropInEffect.Ping<A>(var id) -> queue(id, new Outgoing.Ping());
            case DropInEffect.Close<A>(var id, CloseReason reason) -> queue(id, new Outgoing.Close(reason));
            case DropInEffect.Refused<A>(var id, var refusal) -> counters.countRefusal(refusal);
            case DropInEffect.Listed<A>(var name, boolean present) -> list(name, present);
        }
    }

    private void list(String name, boolean present) {
        if (present) {
            listed.add(name);
        } else {
            listed.remove(name);
        }
    }

    /** Serialises once for all recipients, who share the bytes. */
    private void send(List<LineId> to, A answer) {
        counters.messagesOut(to.size());
        byte[] text = dialect.encode(answer).getBytes(StandardCharsets.UTF_8);
        for (LineId id : to) {
            Line line = lineById.get(id);
            if (line != null) {
                outboxes.queue(line, new Outgoing.Text(Unpooled.wrappedBuffer(text), 0));
            }
        }
    }

    private void queue(LineId id, Outgoing outgoing) {
        Line line = lineById.get(id);
        if (line != null) {
            outboxes.queue(line, outgoing);
        }
    }
}
