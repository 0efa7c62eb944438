package dev.parley.signaling.core.dropin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.ice.address.IpAddress;
import dev.parley.signaling.core.CloseReason;
import dev.parley.signaling.core.HubLimits;
import dev.parley.signaling.core.Identity;
import dev.parley.signaling.core.Revocations;
import dev.parley.signaling.dialect.DropInDialect;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A drop-in endpoint in virtual time. What comes out is one line of text for each effect, in the words of the wire, so
 * that a test reads like a capture: {@code "2 < {...}"} is a frame to connection 2.
 */
public final class DropInFixture<M, A> {
    public static final IpAddress REMOTE = IpAddress.parse("192.0.2.1");
    public static final IpAddress ELSEWHERE = IpAddress.parse("198.51.100.1");

    private final DropInHub<M, A> hub;
    private final DropInDialect<M, A> dialect;
    private final List<String> refusals = new ArrayList<>();
    private long nowNanos = 1_000;
    private int lines;

    public DropInFixture(HubLimits limits, DropInService<M, A> service, DropInDialect<M, A> dialect) {
        this.hub = new DropInHub<>(limits, service);
        this.dialect = dialect;
    }

    /** A new connection; numbered from 1. */
    public LineId connect() {
        return connect(REMOTE);
    }

    public LineId connect(IpAddress remote) {
        return connect(remote, Identity.ANONYMOUS);
    }

    /** With a token that says this. */
    public LineId connect(Identity identity) {
        return connect(REMOTE, identity);
    }

    private LineId connect(IpAddress remote, Identity identity) {
        LineId line = new LineId(++lines);
        assertThat(handle(new DropInEvent.Opened<>(line, remote, identity))).isEmpty();
        return line;
    }

    /** What a frame of this connection causes. */
    public List<String> say(LineId line, String text) {
        return handle(new DropInEvent.Received<>(line, dialect.decode(text)));
    }

    public List<String> say(LineId line, M message) {
        return handle(new DropInEvent.Received<>(line, message));
    }

    public List<String> heard(LineId line) {
        return handle(new DropInEvent.Heard<>(line));
    }

    public List<String> close(LineId line) {
        return handle(new DropInEvent.Closed<>(line));
    }

    public List<String> revoke(Revocations revocations) {
        return handle(new DropInEvent.Revoked<>(revocations));
    }

    public List<String> drain() {
        return handle(new DropInEvent.Drained<>());
    }

    /** Time goes on, and whatever is due on the way happens. */
    public List<String> after(long amount, TimeUnit unit) {
        long endNanos = nowNanos + unit.toNanos(amount);
        List<String> all = new ArrayList<>();
        while (hub.nextDeadlineNanos() <= endNanos) {
            nowNanos = hub.nextDeadlineNanos();
            all.addAll(handle(new DropInEvent.TimerFired<>()));
        }
        nowNanos = endNanos;
        return all;
    }

    /** Why things were not done since this was last asked. */
    public List<String> refusals() {
        List<String> taken = List.copyOf(refusals);
        refusals.clear();
        return taken;
    }

    public boolean isIdle() {
        return hub.lineCount() == 0 && hub.nextDeadlineNanos() == Long.MAX_VALUE;
    }

    private List<String> handle(DropInEvent<M> event) {
        List<String> words = new ArrayList<>();
        new WordEffects(words).run(hub.handle(event, nowNanos));
        return words;
    }

    /** Puts effects into words. */
    private final class WordEffects {
        private final List<String> words;

        WordEffects(List<String> words) {
            this.words = words;
        }

        void run(List<DropInEffect<A>> effects) {
            for (DropInEffect<A> effect : effects) {
                switch (effect) {
                    case DropInEffect.Send<A>(var to, A answer) ->
                        to.forEach(line -> words.add(line.number() + " < " + dialect.encode(answer)));
                    case DropInEffect.Ping<A>(var line) -> words.add(line.number() + " ping");
                    case DropInEffect.Close<A>(var line, CloseReason reason) ->
                        words.add(line.number() + " close " + reason.word());
                    case DropInEffect.Listed<A> listed -> {}
                    case DropInEffect.Refused<A>(var line, var refusal) -> refusals.add(refusal.label());
                }
            }
        }
    }
}
