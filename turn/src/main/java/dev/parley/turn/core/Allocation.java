package dev.parley.turn.core;

import dev.parley.ice.address.AddressFamily;
import dev.parley.ice.address.TransportAddress;
import dev.parley.ice.credential.LongTermKey;
import dev.parley.ice.stun.TransactionId;
import org.jspecify.annotations.Nullable;

/**
 * One allocation (RFC 8656 section 3.2): a client's 5-tuple, its relayed address, and what it may reach. Belongs to
 * the event loop of its server; others see only what is public, which is good for handing packets over and for
 * nothing else.
 */
public final class Allocation implements Timed {
    /** Life runs from top to bottom; only LIVE relays. */
    enum State {
        /** Waiting for the socket. */
        PENDING,
        /** Waiting for the socket only to close it. */
        DOOMED,
        LIVE,
        ENDED
    }

    private final long id;
    private final ClientKey client;
    private final Identity owner;
    private final RelayAddress relay;
    private final long createdNanos;
    private final PermissionTable permissions;
    private final RouteTable routes;
    private final ChannelTable channels = new ChannelTable();
    private final Pace newPeers;

    private State state = State.PENDING;
    private TransportAddress relayed;
    private long expiryNanos = Long.MIN_VALUE;
    private @Nullable PendingAllocate pending;
    private TurnEffect.@Nullable Reply answer;
    private @Nullable Object attachment;
    private @Nullable PortHold hold;
    private @Nullable HeldPort claimed;

    Allocation(long id, Identity owner, PendingAllocate pending, long secret, Pace newPeers) {
        this.id = id;
        this.client = pending.exchange().client();
        this.owner = owner;
        this.relay = pending.wanted().relay();
        this.pending = pending;
        this.createdNanos = pending.sinceNanos();
        this.relayed = TransportAddress.of(relay.advertised(), 0);
        this.permissions = new PermissionTable(secret);
        this.routes = new RouteTable(secret);
        this.newPeers = newPeers;
    }

    /** Unique within its server. */
    public long id() {
        return id;
    }

    public ClientKey client() {
        return client;
    }

    /** Whom quotas, scope and revocation mean. */
    public String name() {
        return owner.name();
    }

    /** The address peers see. */
    public TransportAddress relayed() {
        return relayed;
    }

    /** What the transport left here, such as the relay socket. */
    public @Nullable Object attachment() {
        return attachment;
    }

    public void attach(@Nullable Object newAttachment) {
        attachment = newAttachment;
    }

    TransportAddress bindAddress() {
        return TransportAddress.of(relay.bind(), relayed.port());
    }

    AddressFamily family() {
        return relayed.family();
    }

    int port() {
        return relayed.port();
    }

    void choosePort(int port) {
        relayed = relayed.withPort(port);
    }

    /** The hold on the port next to this one's, or null. */
    @Nullable
    PortHold hold() {
        return hold;
    }

    void holdNext(@Nullable PortHold newHold) {
        hold = newHold;
    }

    /** The held port this allocation was made from, or null if its port came straight from the pool. */
    @Nullable
    HeldPort claimed() {
        return claimed;
    }

    void claim(HeldPort port) {
        claimed = port;
        choosePort(port.port());
    }

    String username() {
        return owner.username();
    }

    LongTermKey key() {
        return owner.key();
    }

    long createdNanos() {
        return createdNanos;
    }

    long expiryNanos() {
        return expiryNanos;
    }

    void expireAt(long newExpiryNanos) {
        expiryNanos = newExpiryNanos;
    }

    boolean isLive(long nowNanos) {
        return nowNanos < expiryNanos;
    }

    State state() {
        return state;
    }

    void doom() {
        state = State.DOOMED;
    }

    /** The socket stands: from now on the answer stands for the request. */
    void open(TurnEffect.Reply newAnswer, long newExpiryNanos) {
        state = State.LIVE;
        pending = null;
        answer = newAnswer;
        expiryNanos = newExpiryNanos;
    }

    /** Whoever still holds this object finds no way through it. */
    void end() {
        state = State.ENDED;
        pending = null;
        answer = null;
        expiryNanos = Long.MIN_VALUE;
    }

    PendingAllocate requirePending() {
        if (pending == null) {
            throw new IllegalStateException("waits for nothing: " + this);
        }
        return pending;
    }

    void retryWith(PendingAllocate newPending) {
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

    PermissionTable permissions() {
        return permissions;
    }

    RouteTable routes() {
        return routes;
    }

    ChannelTable channels() {
        return channels;
    }

    Pace newPeers() {
        return newPeers;
    }

    @Override
    public String toString() {
        return "Allocation[" + id + " " + state + "]";
    }
}
