package dev.parley.signaling.core.dropin;

import dev.parley.signaling.core.AddressPrefix;
import dev.parley.signaling.core.CloseReason;
import dev.parley.signaling.core.Grant;
import dev.parley.signaling.core.HubLimit;
import dev.parley.signaling.core.HubLimits;
import dev.parley.signaling.core.Identity;
import dev.parley.signaling.core.RoomName;
import dev.parley.signaling.core.TokenBucket;
import java.time.Duration;
import java.util.List;

/** One connection of a drop-in endpoint: where it comes from, its rates and its signs of life. */
public final class DropInLine {
    private static final int CHARACTERS_PER_DELIVERY = 4096;

    private final LineId id;
    private final AddressPrefix address;
    private final Identity identity;
    private final boolean unbounded;
    private final long expiresNanos;
    private final TokenBucket messages;
    private final TokenBucket deliveries;
    private final TokenBucket warnings;
    private boolean closing;

    long lastHeardNanos;
    long lastPingNanos;

    DropInLine(LineId id, AddressPrefix address, Identity identity, HubLimits limits, long nowNanos) {
        this.id = id;
        this.address = address;
        this.identity = identity;
        this.unbounded = identity.grants().contains(Grant.EVERYWHERE);
        Duration lifetime = identity.lifetime();
        this.expiresNanos = lifetime == null ? Long.MAX_VALUE : nowNanos + lifetime.toNanos();
        int own = identity.allowance().messagesPerSecond();
        int servers = limits.of(HubLimit.DROP_IN_MESSAGES_PER_SECOND);
        this.messages = new TokenBucket(
                own == 0 ? servers : Math.min(own, servers), limits.of(HubLimit.DROP_IN_MESSAGE_BURST), nowNanos);
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

    /** Whether what it was let in with covers this name, as it covers names of rooms. */
    public boolean mayUse(String name) {
        if (unbounded) {
            return true;
        }
        RoomName room = RoomName.find(name);
        return room == null
                ? identity.grants().stream()
                        .anyMatch(grant -> grant.prefix() && grant.name().isEmpty())
                : identity.findGrant(room) != null;
    }

    Identity identity() {
        return identity;
    }

    /** When what it was let in with ends; {@code Long.MAX_VALUE} if it does not. */
    long expiresNanos() {
        return expiresNanos;
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
