package dev.parley.turn.core;

import dev.parley.ice.address.AddressFamily;
import dev.parley.ice.address.TransportAddress;
import org.jspecify.annotations.Nullable;

/**
 * One relayed transport address of an allocation (RFC 8656 sections 3.2 and 7.2): its port and socket, its own
 * time-to-expiry, and the peers that may be reached through it. An allocation has one, or one of each family. Belongs
 * to the event loop of its server; others see only what is public, which is good for handing packets over and for
 * nothing else.
 */
public final class Relay implements Timed {
    /** Life runs from top to bottom; only LIVE relays. */
    enum State {
        /** Waiting for the socket. */
        PENDING,
        /** Waiting for the socket only to close it. */
        DOOMED,
        /** The socket stands, but that of the other family is awaited before the client is told. */
        OPEN,
        LIVE,
        ENDED
    }

    private final long id;
    private final Allocation allocation;
    private final RelayAddress address;
    private final PermissionTable permissions;
    private final RouteTable routes;

    private State state = State.PENDING;
    private TransportAddress relayed;
    private int attempts = 1;
    private long expiryNanos = Long.MIN_VALUE;
    private @Nullable Object attachment;
    private @Nullable PortHold hold;
    private @Nullable HeldPort claimed;

    Relay(long id, Allocation allocation, RelayAddress address, int port, long secret) {
        this.id = id;
        this.allocation = allocation;
        this.address = address;
        this.relayed = TransportAddress.of(address.advertised(), port);
        this.permissions = new PermissionTable(secret);
        this.routes = new RouteTable(secret);
    }

    /** Unique within its server. */
    public long id() {
        return id;
    }

    /** Whose relayed address this is. */
    public Allocation allocation() {
        return allocation;
    }

    /** The address peers see. */
    public TransportAddress relayed() {
        return relayed;
    }

    public AddressFamily family() {
        return relayed.family();
    }

    /** What the transport left here, such as the relay socket. */
    public @Nullable Object attachment() {
        return attachment;
    }

    public void attach(@Nullable Object newAttachment) {
        attachment = newAttachment;
    }

    RelayAddress address() {
        return address;
    }

    TransportAddress bindAddress() {
        return TransportAddress.of(address.bind(), relayed.port());
    }

    int port() {
        return relayed.port();
    }

    /** Sockets asked for so far. */
    int attempts() {
        return attempts;
    }

    /** The socket was refused; this port is tried next. */
    void retryWith(int port) {
        relayed = relayed.withPort(port);
        attempts++;
    }

    /** The hold on the port next to this one's, or null. */
    @Nullable
    PortHold hold() {
        return hold;
    }

    void holdNext(@Nullable PortHold newHold) {
        hold = newHold;
    }

    /** The held port this relay was made from, or null if its port came straight from the pool. */
    @Nullable
    HeldPort claimed() {
        return claimed;
    }

    void claim(HeldPort port) {
        claimed = port;
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

    /** The socket stands. */
    void open() {
        state = State.OPEN;
    }

    /** The client is told. */
    void live(long newExpiryNanos) {
        state = State.LIVE;
        expiryNanos = newExpiryNanos;
    }

    /** Whoever still holds this object finds no way through it. */
    void end() {
        state = State.ENDED;
        expiryNanos = Long.MIN_VALUE;
    }

    PermissionTable permissions() {
        return permissions;
    }

    RouteTable routes() {
        return routes;
    }

    @Override
    public String toString() {
        return "Relay[" + id + " " + state + " " + relayed + "]";
    }
}
