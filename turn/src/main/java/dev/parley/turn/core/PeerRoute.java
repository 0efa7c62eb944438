package dev.parley.turn.core;

import dev.parley.ice.address.TransportAddress;
import org.jspecify.annotations.Nullable;

/**
 * The way between one client and one peer endpoint, in both directions; made at a ChannelBind or when the first
 * packet passes, and handed out for every packet after. It names the peer and the channel, keeps the verdict of the
 * peer rules, and has room for what the transport wants to find again without a look-up. Belongs to the event loop of
 * its allocation.
 */
public final class PeerRoute implements Timed {
    private final Relay relay;
    private final TransportAddress peer;

    private @Nullable Permission permission;
    private PeerVerdict verdict = PeerVerdict.DENIED_ADDRESS;
    private long scopeVersion;
    private int channelNumber;
    private long channelExpiryNanos;
    private boolean contacted;
    private long lastUsedNanos;
    private @Nullable Object attachment;

    PeerRoute(Relay relay, TransportAddress peer) {
        this.relay = relay;
        this.peer = peer;
    }

    /** What the peer sees the client as. */
    public Relay relay() {
        return relay;
    }

    public Allocation allocation() {
        return relay.allocation();
    }

    public TransportAddress peer() {
        return peer;
    }

    /**
     * The channel bound to the peer (0x4000 to 0x4FFF), or 0: what comes from the peer then travels in Data
     * indications.
     */
    public int channelNumber() {
        return channelNumber;
    }

    /** True if the peer is a relayed address of this process: hand the payload to that allocation, touch no socket. */
    public boolean isHairpin() {
        return verdict == PeerVerdict.HAIRPIN;
    }

    /** What the transport left here, such as the peer's socket address; dies with the route. */
    public @Nullable Object attachment() {
        return attachment;
    }

    public void attach(@Nullable Object newAttachment) {
        attachment = newAttachment;
    }

    boolean hasPermission(long nowNanos) {
        return permission != null && permission.isLive(nowNanos);
    }

    void permitBy(@Nullable Permission newPermission) {
        permission = newPermission;
    }

    PeerVerdict verdict() {
        return verdict;
    }

    /** The version of the relay scope the verdict belongs to. */
    long scopeVersion() {
        return scopeVersion;
    }

    void decide(PeerVerdict newVerdict, long newScopeVersion) {
        verdict = newVerdict;
        scopeVersion = newScopeVersion;
    }

    boolean hasChannel() {
        return channelNumber != 0;
    }

    boolean channelIsLive(long nowNanos) {
        return nowNanos < channelExpiryNanos;
    }

    long channelExpiryNanos() {
        return channelExpiryNanos;
    }

    void bindChannel(int number, long expiryNanos) {
        channelNumber = number;
        channelExpiryNanos = expiryNanos;
    }

    void unbindChannel() {
        channelNumber = 0;
        channelExpiryNanos = 0;
    }

    /** The client wrote to the peer. */
    void contactedAt(long nowNanos) {
        contacted = true;
        lastUsedNanos = nowNanos;
    }

    /** The peer wrote to the client. */
    void heardAt(long nowNanos) {
        lastUsedNanos = nowNanos;
    }

    /** True if the route may be forgotten when room is needed; the next packet can make it again. */
    boolean isDispensable(long nowNanos) {
        return !hasChannel() && (!contacted || nowNanos - lastUsedNanos >= Lifetimes.PEER_IDLE_NANOS);
    }

    /**
     * True if this one should be forgotten before the other: peers the client never wrote to first, then the longest
     * silent.
     */
    boolean isMoreDispensableThan(PeerRoute other) {
        return contacted != other.contacted ? !contacted : lastUsedNanos < other.lastUsedNanos;
    }

    @Override
    public String toString() {
        return "PeerRoute[" + relay.id() + " -> " + peer + (hasChannel() ? " channel " + channelNumber : "") + "]";
    }
}
