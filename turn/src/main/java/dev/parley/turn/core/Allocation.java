package dev.parley.turn.core;

import dev.parley.ice.address.AddressFamily;
import dev.parley.ice.address.IpAddress;
import dev.parley.ice.stun.TransactionId;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One allocation (RFC 8656 section 3.2): a client's 5-tuple with its relayed address, or one of each family, and its
 * channels. Belongs to the event loop of its server; others see only what is public, which is good for handing packets
 * over and for nothing else.
 */
public final class Allocation {
    private final long id;
    private final IpAddress chargedTo;
    private ClientKey client;
    private Identity owner;
    private final long createdNanos;
    private final boolean tcp;
    private final ChannelTable channels = new ChannelTable();
    private final Pace newPeers;
    private final Pace icmpErrors;

    private @Nullable Relay ipv4;
    private @Nullable Relay ipv6;
    private @Nullable PendingAllocate pending;
    private TurnEffect.@Nullable Reply answer;
    private @Nullable Object attachment;
    private final Traffic traffic = new Traffic();
    private BandwidthShare bandwidth = BandwidthShare.UNLIMITED;
    private @Nullable Mobility mobility;
    private boolean live;

    Allocation(long id, Identity owner, PendingAllocate pending, TurnLimits limits) {
        this.id = id;
        this.client = pending.exchange().client();
        this.chargedTo = client.address().ip();
        this.owner = owner;
        this.pending = pending;
        this.createdNanos = pending.sinceNanos();
        this.tcp = pending.wanted().tcp();
        this.newPeers = new Pace(limits.newPeersPerSecond(), 8 * limits.newPeersPerSecond(), createdNanos);
        this.icmpErrors = new Pace(limits.icmpPerSecond(), limits.icmpPerSecond(), createdNanos);
    }

    /** Unique within its server. */
    public long id() {
        return id;
    }

    /** Where its client is, or was last if that connection has ended; changes only if it is mobile (RFC 8016). */
    public ClientKey client() {
        return client;
    }

    void moveTo(ClientKey newClient) {
        client = newClient;
    }

    /** Whom its quota was taken from, wherever the client is now. */
    IpAddress chargedTo() {
        return chargedTo;
    }

    /** Null if it stays where it was made. */
    @Nullable
    Mobility mobility() {
        return mobility;
    }

    Mobility requireMobility() {
        if (mobility == null) {
            throw new IllegalStateException("not mobile: " + this);
        }
        return mobility;
    }

    void becomeMobile(Mobility newMobility) {
        mobility = newMobility;
    }

    /** Whether it relays TCP connections (RFC 6062) instead of datagrams. */
    public boolean isTcp() {
        return tcp;
    }

    /** Whom quotas, scope and revocation mean. */
    public String name() {
        return owner.name();
    }

    /** The relayed address of a family, whatever its state, or null. */
    public @Nullable Relay findRelay(AddressFamily family) {
        return family == AddressFamily.IPV4 ? ipv4 : ipv6;
    }

    /** What the transport left here, such as the way back to the client. */
    public @Nullable Object attachment() {
        return attachment;
    }

    public void attach(@Nullable Object newAttachment) {
        attachment = newAttachment;
    }

    /** What all its relayed addresses together may relay. */
    public BandwidthShare bandwidth() {
        return bandwidth;
    }

    /** What it has relayed. */
    public Traffic traffic() {
        return traffic;
    }

    void useBandwidth(BandwidthShare share) {
        bandwidth = share;
    }

    /** The relayed addresses of this moment, IPv4 first. */
    List<Relay> relays() {
        List<Relay> relays = new ArrayList<>(2);
        if (ipv4 != null) {
            relays.add(ipv4);
        }
        if (ipv6 != null) {
            relays.add(ipv6);
        }
        return relays;
    }

    void add(Relay relay) {
        put(relay.family(), relay);
    }

    void remove(Relay relay) {
        put(relay.family(), null);
        live = live && (ipv4 != null || ipv6 != null);
    }

    private void put(AddressFamily family, @Nullable Relay relay) {
        if (family == AddressFamily.IPV4) {
            ipv4 = relay;
        } else {
            ipv6 = relay;
        }
    }

    Identity owner() {
        return owner;
    }

    /** If the owner came with a newer credential, that counts from now on. */
    void renewOwner(Identity sender) {
        if (!owner.key().equals(sender.key())) {
            owner = sender.named(owner.name());
        }
    }

    long createdNanos() {
        return createdNanos;
    }

    /** True from the success response until its last relayed address ends. */
    boolean isLive() {
        return live;
    }

    /** All sockets are answered for: from now on the answer stands for the request. */
    void open(TurnEffect.Reply newAnswer) {
        live = true;
        pending = null;
        answer = newAnswer;
    }

    PendingAllocate requirePending() {
        if (pending == null) {
            throw new IllegalStateException("waits for nothing: " + this);
        }
        return pending;
    }

    void waitWith(PendingAllocate newPending) {
        pending = newPending;
    }

    /** True for a retransmission of the request that is being worked on. */
    boolean isAwaiting(TransactionId request) {
        return pending != null && pending.exchange().request().transactionId().equals(request);
    }

    /** The answer to the Allocate request that opened this, for its retransmissions. */
    TurnEffect.@Nullable Reply answerTo(TransactionId request, long nowNanos) {
        boolean remembered = answer != null
                && answer.message().transactionId().equals(request)
                && nowNanos - createdNanos < Lifetimes.REMEMBERED_ANSWER_NANOS;
        return remembered ? answer : null;
    }

    ChannelTable channels() {
        return channels;
    }

    Pace newPeers() {
        return newPeers;
    }

    Pace icmpErrors() {
        return icmpErrors;
    }

    /** Over both families, as the limit counts them. */
    int permissionCount() {
        return (ipv4 == null ? 0 : ipv4.permissions().size())
                + (ipv6 == null ? 0 : ipv6.permissions().size());
    }

    /** Distinct peer endpoints over both families, as the limit counts them. */
    int peerCount() {
        return (ipv4 == null ? 0 : ipv4.routes().size())
                + (ipv6 == null ? 0 : ipv6.routes().size());
    }

    @Override
    public String toString() {
        return "Allocation[" + id + (live ? " live " : " ") + relays() + "]";
    }
}
