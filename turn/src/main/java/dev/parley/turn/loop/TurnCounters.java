package dev.parley.turn.loop;

import dev.parley.turn.core.ClientTransport;
import dev.parley.turn.core.DropReason;
import dev.parley.turn.core.EndReason;
import dev.parley.turn.core.RefusalReason;
import dev.parley.turn.socket.BindRefusal;
import dev.parley.turn.socket.SocketDrop;
import java.util.concurrent.atomic.LongAdder;

/**
 * What the relay did since its start, for metrics. Written by the event loops, read from any thread; a value is exact
 * once the loops are idle.
 */
public final class TurnCounters {
    private final EnumAdders<PacketClass> packetsByClass = new EnumAdders<>(PacketClass.class);
    private final EnumAdders<PacketClass> bytesByClass = new EnumAdders<>(PacketClass.class);
    private final EnumAdders<WireDrop> wireDrops = new EnumAdders<>(WireDrop.class);
    private final EnumAdders<DropReason> dropsByReason = new EnumAdders<>(DropReason.class);
    private final EnumAdders<RefusalReason> refusalsByReason = new EnumAdders<>(RefusalReason.class);
    private final EnumAdders<BindRefusal> bindRefusals = new EnumAdders<>(BindRefusal.class);
    private final EnumAdders<ClientTransport> connectionsOpened = new EnumAdders<>(ClientTransport.class);
    private final EnumAdders<ClientTransport> relaysByTransport = new EnumAdders<>(ClientTransport.class);
    private final EnumAdders<ClientTransport> connectionsClosed = new EnumAdders<>(ClientTransport.class);
    private final EnumAdders<ConnectionEnd> connectionEnds = new EnumAdders<>(ConnectionEnd.class);
    private final LongAdder acceptFailures = new LongAdder();
    private final LongAdder allocationsOpened = new LongAdder();
    private final LongAdder allocationsMoved = new LongAdder();
    private final EnumAdders<EndReason> endsByReason = new EnumAdders<>(EndReason.class);
    private final LongAdder failures = new LongAdder();

    /** Packets of the class. */
    public long packets(PacketClass packetClass) {
        return packetsByClass.sum(packetClass);
    }

    /** Payload bytes of the class. */
    public long bytes(PacketClass packetClass) {
        return bytesByClass.sum(packetClass);
    }

    /** Datagrams the transport dropped for the reason. */
    public long drops(WireDrop reason) {
        return wireDrops.sum(reason);
    }

    /** Datagrams the core found no route for. */
    public long drops(DropReason reason) {
        return dropsByReason.sum(reason);
    }

    /** Requests that were not granted. */
    public long refusals(RefusalReason reason) {
        return refusalsByReason.sum(reason);
    }

    /** Relay sockets the operating system did not give. */
    public long bindRefusals(BindRefusal reason) {
        return bindRefusals.sum(reason);
    }

    /** Connections over this transport that have begun to carry STUN and live now. */
    public long connectionsLive(ClientTransport transport) {
        return connectionsOpened.sum(transport) - connectionsClosed.sum(transport);
    }

    /** Connections closed for the reason, whether they had begun to carry STUN or not. */
    public long connectionsEnded(ConnectionEnd reason) {
        return connectionEnds.sum(reason);
    }

    /** Connections that the operating system could not give us. */
    public long acceptFailures() {
        return acceptFailures.sum();
    }

    /** Allocations that came to life. */
    public long allocationsOpened() {
        return allocationsOpened.sum();
    }

    /** Relayed addresses that live now and whose client uses this transport. */
    public long relaysLive(ClientTransport transport) {
        return relaysByTransport.sum(transport);
    }

    /** So many more of them, or fewer. */
    public void relays(ClientTransport transport, int more) {
        relaysByTransport.add(transport, more);
    }

    /** Times that an allocation followed its client to another address (RFC 8016). */
    public long allocationsMoved() {
        return allocationsMoved.sum();
    }

    /** Allocations that ended for the reason. */
    public long allocationsEnded(EndReason reason) {
        return endsByReason.sum(reason);
    }

    /** Allocations that live now. */
    public long allocationsLive() {
        return allocationsOpened.sum() - endsByReason.sumOfAll();
    }

    /** Exceptions that reached the last catch: each is a bug of ours. */
    public long failures() {
        return failures.sum();
    }

    public void passed(PacketClass packetClass, long bytes) {
        packetsByClass.add(packetClass, 1);
        bytesByClass.add(packetClass, bytes);
    }

    public void dropped(WireDrop reason) {
        wireDrops.add(reason, 1);
    }

    public void dropped(WireDrop reason, int packets) {
        wireDrops.add(reason, packets);
    }

    /** Datagrams that a socket lost. */
    public void dropped(SocketDrop reason, int datagrams) {
        dropped(
                switch (reason) {
                    case TRUNCATED -> WireDrop.TRUNCATED;
                    case QUEUE_FULL -> WireDrop.SEND_QUEUE_FULL;
                    case REFUSED -> WireDrop.SEND_REFUSED;
                },
                datagrams);
    }

    public void dropped(DropReason reason) {
        dropsByReason.add(reason, 1);
    }

    public void refused(RefusalReason reason) {
        refusalsByReason.add(reason, 1);
    }

    public void bindRefused(BindRefusal reason) {
        bindRefusals.add(reason, 1);
    }

    public void connectionOpened(ClientTransport transport) {
        connectionsOpened.add(transport, 1);
    }

    public void connectionClosed(ClientTransport transport) {
        connectionsClosed.add(transport, 1);
    }

    public void connectionEnded(ConnectionEnd reason) {
        connectionEnds.add(reason, 1);
    }

    public void acceptFailed() {
        acceptFailures.increment();
    }

    public void allocationOpened() {
        allocationsOpened.increment();
    }

    public void allocationMoved() {
        allocationsMoved.increment();
    }

    public void allocationEnded(EndReason reason) {
        endsByReason.add(reason, 1);
    }

    public void failed() {
        failures.increment();
    }
}
