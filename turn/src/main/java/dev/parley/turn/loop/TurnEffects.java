package dev.parley.turn.loop;

import dev.parley.ice.address.AddressFamily;
import dev.parley.ice.address.TransportAddress;
import dev.parley.ice.credential.LongTermKey;
import dev.parley.ice.stun.ClassicBinding;
import dev.parley.ice.stun.StunEncoder;
import dev.parley.turn.core.Allocation;
import dev.parley.turn.core.ClientKey;
import dev.parley.turn.core.RefusalReason;
import dev.parley.turn.core.Relay;
import dev.parley.turn.core.TurnEffect;
import io.netty.buffer.ByteBuf;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** Does what the core wants done: the one switch over its effects, on the event loop of that core. */
public final class TurnEffects {
    /** Bytes; enough for every answer without growing. */
    private static final int REPLY_BYTES = 256;

    private final int index;
    private final TurnLoop loop;
    private final RelaySockets relaySockets;
    private final TcpRelays tcpRelays;
    private final ClientPaths clients;
    private final Guests guests;
    private final SourceBudget responseBudget;
    private final RefusalLog refusals;
    private final RelayDirectory directory;
    private final TurnNotices notices;
    private final LiveUsage usage;
    private final TurnCounters counters;
    private final LastCatch lastCatch;

    /**
     * For one event loop.
     *
     * @param index its number in the directory
     */
    public TurnEffects(
            int index,
            TurnLoop loop,
            RelaySockets relaySockets,
            TcpRelays tcpRelays,
            ClientPaths clients,
            Guests guests,
            SourceBudget responseBudget,
            RefusalLog refusals,
            RelayDirectory directory,
            TurnNotices notices,
            LiveUsage usage,
            TurnCounters counters,
            LastCatch lastCatch) {
        this.index = index;
        this.loop = loop;
        this.relaySockets = relaySockets;
        this.tcpRelays = tcpRelays;
        this.clients = clients;
        this.guests = guests;
        this.responseBudget = responseBudget;
        this.refusals = refusals;
        this.directory = directory;
        this.notices = notices;
        this.usage = usage;
        this.counters = counters;
        this.lastCatch = lastCatch;
    }

    /** One effect that fails does not keep the next from being run. */
    public void run(TurnEffect effect) {
        try {
            dispatch(effect);
        } catch (RuntimeException bug) {
            lastCatch.failed(null, bug);
        }
    }

    private void dispatch(TurnEffect effect) {
        switch (effect) {
            case TurnEffect.Reply reply -> reply(reply);
            case TurnEffect.ClassicReply(ClientKey client, ClassicBinding request) -> classicReply(client, request);
            case TurnEffect.OpenRelay(Relay relay, TransportAddress bind) -> relaySockets.open(relay, bind);
            case TurnEffect.CloseRelay(Relay relay) -> relaySockets.close(relay);
            case TurnEffect.ConnectPeer(Relay relay, int id, TransportAddress peer) ->
                tcpRelays.connect(relay, id, peer);
            case TurnEffect.TakePeer(Relay relay, long arrival, int id) -> tcpRelays.take(relay, arrival, id);
            case TurnEffect.RefusePeer(long arrival) -> tcpRelays.refuse(arrival);
            case TurnEffect.JoinPeer(int id, ClientKey client) -> tcpRelays.join(id, client);
            case TurnEffect.ClosePeer(int id) -> tcpRelays.closePeer(id);
            case TurnEffect.AllocationOpened opened -> opened(opened);
            case TurnEffect.AllocationEnded ended -> ended(ended);
            case TurnEffect.ClientArrived(ClientKey client) -> guests.arrived(client);
            case TurnEffect.ClientMoved moved -> moved(moved);
            case TurnEffect.ClientLost(Allocation allocation) -> relaySockets.follow(allocation, null);
            case TurnEffect.ClientLeft(ClientKey client) -> guests.left(client);
            case TurnEffect.ChannelBound _ -> {} // for the kernel fast path, which does not exist yet
            case TurnEffect.ChannelUnbound _ -> {}
            case TurnEffect.Refused(ClientKey client, RefusalReason reason) -> {
                counters.refused(reason);
                refusals.refused(reason, client.address());
            }
        }
    }

    private void reply(TurnEffect.Reply reply) {
        ClientPath client = findForAnswer(reply.client(), () -> isInBudget(reply));
        if (client == null) {
            return;
        }
        ByteBuf message = client.alloc().directBuffer(REPLY_BYTES);
        LongTermKey key = reply.key();
        if (key == null) {
            StunEncoder.encode(reply.message(), message);
        } else {
            client.authenticated();
            StunEncoder.encodeSigned(reply.message(), key, reply.integrity(), message);
        }
        if (reply.fingerprint()) {
            StunEncoder.appendFingerprint(message, message.readerIndex());
        }
        counters.passed(PacketClass.RESPONSE, message.readableBytes());
        client.reply(message);
    }

    private void classicReply(ClientKey key, ClassicBinding request) {
        ClientPath client = findForAnswer(key, () -> responseBudget.tryTake(key.address(), loop.nowNanos()));
        if (client == null) {
            return;
        }
        ByteBuf message = client.alloc().directBuffer(REPLY_BYTES);
        request.writeAnswer(key.address(), message);
        counters.passed(PacketClass.RESPONSE, message.readableBytes());
        client.reply(message);
    }

    /** The way to a client that may be answered, or null after counting why not; a proven address has no budget. */
    private @Nullable ClientPath findForAnswer(ClientKey key, BooleanSupplier isInBudget) {
        ClientPath client = clients.find(key);
        if (client == null) {
            counters.dropped(WireDrop.CLIENT_GONE);
            return null;
        }
        if (!key.transport().provesAddress() && !isInBudget.getAsBoolean()) {
            counters.dropped(WireDrop.RESPONSE_BUDGET);
            return null;
        }
        return client;
    }

    private boolean isInBudget(TurnEffect.Reply reply) {
        TransportAddress source = reply.client().address();
        if (reply.key() != null) {
            // Signed over a nonce that was sent there.
            responseBudget.prove(source, loop.nowNanos());
        }
        return !reply.mayAmplify() || responseBudget.tryTake(source, loop.nowNanos());
    }

    private void opened(TurnEffect.AllocationOpened opened) {
        Allocation allocation = loop.core().findAllocation(opened.client());
        Relay relay = allocation == null
                ? null
                : allocation.findRelay(opened.relayed().family());
        TransportAddress bound = switch (relay == null ? null : relay.attachment()) {
            case RelaySocket socket -> socket.bound();
            case TcpRelays.Listening listening -> listening.bound();
            case null, default -> opened.relayed();
        };
        directory.opened(opened.relayed(), bound, opened.name(), index);
        if (allocation != null) {
            usage.opened(allocation, opened.relayed(), loop.nowNanos());
        }
        counters.allocationOpened();
        counters.relays(opened.client().transport(), 1);
        notices.allocationOpened(opened.name(), opened.client().address(), opened.relayed());
    }

    private void moved(TurnEffect.ClientMoved moved) {
        Allocation allocation = moved.allocation();
        relaySockets.follow(allocation, moved.to());
        counters.allocationMoved();
        counters.relays(moved.from().transport(), -relays(allocation));
        counters.relays(moved.to().transport(), relays(allocation));
        for (AddressFamily family : AddressFamily.values()) {
            Relay relay = allocation.findRelay(family);
            if (relay != null) {
                TransportAddress from = moved.from().address();
                notices.allocationMoved(allocation.name(), from, moved.to().address(), relay.relayed());
            }
        }
    }

    private static int relays(Allocation allocation) {
        int relays = 0;
        for (AddressFamily family : AddressFamily.values()) {
            relays += allocation.findRelay(family) == null ? 0 : 1;
        }
        return relays;
    }

    private void ended(TurnEffect.AllocationEnded ended) {
        directory.ended(ended.relayed());
        counters.relays(ended.client().transport(), -1);
        counters.allocationEnded(ended.reason());
        notices.allocationEnded(ended.name(), ended.client().address(), ended.relayed(), ended.reason());
        Usage used = usage.ended(ended.relayed(), loop.nowNanos());
        if (used != null) {
            notices.allocationUsed(used, ended.reason());
        }
    }
}
