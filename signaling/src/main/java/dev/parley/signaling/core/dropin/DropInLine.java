package dev.parley.signaling.core.dropin;

import dev.parley.signaling.core.AddressPrefix;
import dev.parley.signaling.core.CloseReason;
import dev.parley.signaling.core.HubLimit;
import dev.parley.signaling.core.HubLimits;
import dev.parley.signaling.core.TokenBucket;
import java.util.List;

/** One connection of a drop-in endpoint: where it comes from, its rates and its signs of life. */
public final class DropInLine {
    private static final int CHARACTERS_PER_DELIVERY = 4096;

    private final LineId id;
    private final AddressPrefix address;
    private final TokenBucket messages;
    private final TokenBucket deliveries;
    private final TokenBucket warnings;
    private boolean closing;

    long lastHeardNanos;
    long lastPingNanos;

    DropInLine(LineId id, AddressPrefix address, HubLimits limits, long nowNanos) {
        this.id = id;
        this.address = address;
        this.messages = bucket(limits, HubLimit.DROP_IN_MESSAGES_PER_SECOND, HubLimit.DROP_IN_MESSAGE_BURST, nowNanos);
        this.deliveries = bucket(limits, HubLimit.DELIVERIES_PER_SECOND, HubLimit.DELIVERY_BURST, nowNanos);
        this.warnings = bucket(limits, HubLimit.WARNINGS_PER_SECOND, HubLimit.WARNING_BURST, nowNanos);
        this.lastHeardNanos = nowNanos;
        this.lastPingNanos = nowNanos;
    }

    private static TokenBucket bucket(HubLimits limits, HubLimit perSecond, HubLimit burst, long nowNanos) {
        return new TokenBucket(limits.of(perSecond), limits.of(burst), nowNanos);
    }

    public LineId id() {
        return id;
    }

    /** Who it counts as. */
    public AddressPrefix address() {
        return address;
    }

    /** Takes from its rate what a message of this length to so many costs; false if that is used up. */
    public boolean mayDeliver(int recipients, int characters, long nowNanos) {
        return deliveries.tryTake((long) recipients * (1 + characters / CHARACTERS_PER_DELIVERY), nowNanos);
    }

    /** Closes it, once; what it still says means nothing. */
    public <A> void close(CloseReason reason, List<DropInEffect<A>> effects) {
        if (!closing) {
            closing = true;
            effects.add(new DropInEffect.Close<>(id, reason));
        }
    }

    boolean isClosing() {
        return closing;
    }

    boolean mayTalk(long nowNanos) {
        return messages.tryTake(1, nowNanos);
    }

    boolean mayBeWarned(long nowNanos) {
        return warnings.tryTake(1, nowNanos);
    }
}
