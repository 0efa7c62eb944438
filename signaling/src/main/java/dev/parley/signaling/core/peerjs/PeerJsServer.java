package dev.parley.signaling.core.peerjs;

import dev.parley.ice.time.DeadlineQueue;
import dev.parley.signaling.core.CloseReason;
import dev.parley.signaling.core.HubLimit;
import dev.parley.signaling.core.HubLimits;
import dev.parley.signaling.core.dropin.DropInEffect;
import dev.parley.signaling.core.dropin.DropInLine;
import dev.parley.signaling.core.dropin.DropInRefusal;
import dev.parley.signaling.core.dropin.DropInService;
import dev.parley.signaling.core.dropin.LineId;
import dev.parley.signaling.core.peerjs.PeerJsAnswer.Relayed;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What the PeerJS server does: gives out ids, passes frames on, keeps them a while for ids that nobody has, and tells
 * their senders when nobody came.
 */
public final class PeerJsServer implements DropInService<PeerJsMessage, PeerJsAnswer> {
    private final HubLimits limits;
    private final PeerJsRules rules;
    private final Mailboxes mailboxes;
    private final Map<String, Peer> peerById = new LinkedHashMap<>();
    /** Also those that have given their id up and stay connected. */
    private final Map<LineId, Peer> peerByLine = new LinkedHashMap<>();

    private final DeadlineQueue<LineId> heartbeats = new DeadlineQueue<>();

    public PeerJsServer(HubLimits limits, PeerJsRules rules) {
        this.limits = limits;
        this.rules = rules;
        this.mailboxes = new Mailboxes(limits);
    }

    @Override
    public @Nullable DropInRefusal received(
            DropInLine line, PeerJsMessage message, long nowNanos, List<DropInEffect<PeerJsAnswer>> effects) {
        return switch (message) {
            case PeerJsMessage.Register request -> admit(line, request, nowNanos, effects);
            case PeerJsMessage.Heartbeat() -> heartbeat(line, nowNanos);
            case PeerJsMessage.Relay relay -> relay(line, relay, nowNanos, effects);
            case PeerJsMessage.Deregister() -> deregister(line, effects);
            case PeerJsMessage.Meaningless() -> DropInRefusal.BAD_MESSAGE;
        };
    }

    @Override
    public boolean usesPings() {
        return false; // the clients' own heartbeats tell
    }

    /** The checks in the order of the stock server, which decides which answer a client gets. */
    private @Nullable DropInRefusal admit(
            DropInLine line, PeerJsMessage.Register request, long nowNanos, List<DropInEffect<PeerJsAnswer>> effects) {
        String id = request.id();
        if (id.isEmpty() || request.token().isEmpty() || request.key().isEmpty()) {
            return refuse(line, PeerJsError.MISSING_PARAMETERS, DropInRefusal.MISSING_PARAMETERS, effects);
        }
        if (!rules.admitsKey(request.key())) {
            return refuse(line, PeerJsError.WRONG_KEY, DropInRefusal.WRONG_KEY, effects);
        }
        if (id.length() > limits.of(HubLimit.PEERJS_ID_LENGTH) || !rules.admitsId(id)) {
            return refuse(line, PeerJsError.BAD_ID, DropInRefusal.BAD_ID, effects);
        }
        if (!line.mayUse(id)) {
            return refuse(line, PeerJsError.BAD_TOKEN, DropInRefusal.NOT_GRANTED, effects);
        }
        Peer holder = peerById.get(id);
        if (holder != null && !holder.hasToken(request.token())) {
            return close(line, new PeerJsAnswer.IdTaken(), DropInRefusal.ID_TAKEN, effects);
        }
        if (holder == null && peerById.size() >= limits.of(HubLimit.PEERJS_PEERS)) {
            return refuse(line, PeerJsError.TOO_MANY_PEERS, DropInRefusal.TOO_MANY_PEERS, effects);
        }
        if (holder == null) {
            holder = new Peer(id, request.token(), line, nowNanos);
            peerById.put(id, holder);
            effects.add(new DropInEffect.Listed<>(id, true));
        } else {
            peerByLine.remove(holder.line().id());
            heartbeats.cancel(holder.line().id());
            holder.line().close(CloseReason.REPLACED, effects);
            holder.continueOver(line, nowNanos);
        }
        open(holder, effects);
        return null;
    }

    private void open(Peer peer, List<DropInEffect<PeerJsAnswer>> effects) {
        peerByLine.put(peer.line().id(), peer);
        schedule(peer);
        send(peer, new PeerJsAnswer.Open(), effects);
        for (Mailbox.Waiting entry : mailboxes.take(peer.id())) {
            metEachOther(entry.source(), peer);
            send(peer, entry.message(), effects);
        }
    }

    private static DropInRefusal refuse(
            DropInLine line, PeerJsError error, DropInRefusal refusal, List<DropInEffect<PeerJsAnswer>> effects) {
        return close(line, new PeerJsAnswer.Refusal(error), refusal, effects);
    }

    private static DropInRefusal close(
            DropInLine line, PeerJsAnswer last, DropInRefusal refusal, List<DropInEffect<PeerJsAnswer>> effects) {
        effects.add(new DropInEffect.Send<>(List.of(line.id()), last));
        line.close(CloseReason.PEER_REFUSED, effects);
        return refusal;
    }

    private @Nullable DropInRefusal heartbeat(DropInLine line, long nowNanos) {
        Peer peer = peerByLine.get(line.id());
        if (peer == null) {
            return DropInRefusal.NOT_REGISTERED;
        }
        peer.lastHeartbeatNanos = nowNanos;
        return null;
    }

    private @Nullable DropInRefusal relay(
            DropInLine line, PeerJsMessage.Relay relay, long nowNanos, List<DropInEffect<PeerJsAnswer>> effects) {
        Peer source = peerByLine.get(line.id());
        if (source == null || !speaksForItsId(source)) {
            return DropInRefusal.NOT_REGISTERED;
        }
        var message = new Relayed(relay.type(), source.id(), relay.to(), relay.payload());
        if (!line.mayDeliver(1, message.characters(), nowNanos)) {
            return DropInRefusal.DELIVERY_RATE;
        }
        if (!line.mayUse(relay.to())) {
            tell(source.id(), RelayType.EXPIRE, relay.to(), effects); // for this peer there is nobody of that name
            return DropInRefusal.NOT_GRANTED;
        }
        Peer target = peerById.get(relay.to());
        if (target != null) {
            metEachOther(source, target);
            send(target, message, effects);
            return null;
        }
        return relay.type().waits() ? wait(source, message, nowNanos, effects) : DropInRefusal.NO_SUCH_PEER;
    }

    /** Whoever gave its id up may still talk in its name, as on the stock server, until somebody else has it. */
    private boolean speaksForItsId(Peer source) {
        Peer holder = peerById.get(source.id());
        return holder == null || holder.equals(source);
    }

    private @Nullable DropInRefusal wait(
            Peer source, Relayed message, long nowNanos, List<DropInEffect<PeerJsAnswer>> effects) {
        return switch (mailboxes.add(source, message, nowNanos)) {
            case KEPT -> null;
            case DROPPED -> DropInRefusal.QUEUE_FULL;
            case DROPPED_UNTOLD -> {
                tell(source.id(), RelayType.EXPIRE, message.dst(), effects);
                yield DropInRefusal.QUEUE_FULL;
            }
        };
    }

    private void metEachOther(Peer one, Peer other) {
        if (rules.leaveOnClose() && !one.equals(other)) {
            one.talkedWith(other.id(), limits.of(HubLimit.PEERJS_PARTNERS));
            other.talkedWith(one.id(), limits.of(HubLimit.PEERJS_PARTNERS));
        }
    }

    private @Nullable DropInRefusal deregister(DropInLine line, List<DropInEffect<PeerJsAnswer>> effects) {
        Peer peer = peerByLine.get(line.id());
        if (peer == null) {
            return DropInRefusal.NOT_REGISTERED;
        }
        free(peer, effects);
        return null;
    }

    @Override
    public void closed(DropInLine line, long nowNanos, List<DropInEffect<PeerJsAnswer>> effects) {
        Peer peer = peerByLine.remove(line.id());
        heartbeats.cancel(line.id());
        if (peer != null) {
            free(peer, effects);
        }
    }

    /** The id is nobody's any more, if it still is this peer's. */
    private void free(Peer peer, List<DropInEffect<PeerJsAnswer>> effects) {
        if (!peerById.remove(peer.id(), peer)) {
            return;
        }
        effects.add(new DropInEffect.Listed<>(peer.id(), false));
        for (String partner : peer.partners()) {
            tell(partner, RelayType.LEAVE, peer.id(), effects);
        }
    }

    @Override
    public long nextDeadlineNanos() {
        return Math.min(heartbeats.peekNanos(), mailboxes.nextDeadlineNanos());
    }

    @Override
    public void timerFired(long nowNanos, List<DropInEffect<PeerJsAnswer>> effects) {
        for (Mailbox box = mailboxes.pollExpired(nowNanos); box != null; box = mailboxes.pollExpired(nowNanos)) {
            Set<String> told = new LinkedHashSet<>();
            for (Mailbox.Waiting entry : box.waiting()) {
                if (told.add(entry.source().id())) {
                    tell(entry.source().id(), RelayType.EXPIRE, box.owner(), effects);
                }
            }
        }
        for (LineId id = heartbeats.pollDue(nowNanos); id != null; id = heartbeats.pollDue(nowNanos)) {
            Peer peer = peerByLine.get(id);
            if (peer != null) {
                checkHeartbeat(peer, nowNanos, effects);
            }
        }
    }

    private void checkHeartbeat(Peer peer, long nowNanos, List<DropInEffect<PeerJsAnswer>> effects) {
        if (deadOf(peer) > nowNanos) {
            schedule(peer);
            return;
        }
        peer.line().close(CloseReason.PEER_SILENT, effects);
        peerByLine.remove(peer.line().id());
        free(peer, effects);
    }

    private void schedule(Peer peer) {
        heartbeats.schedule(peer.line().id(), deadOf(peer));
    }

    private long deadOf(Peer peer) {
        return peer.lastHeartbeatNanos + limits.nanos(HubLimit.PEERJS_ALIVE_SECONDS);
    }

    /** Something the server says in the name of an id that is not there. */
    private void tell(String to, RelayType type, String absent, List<DropInEffect<PeerJsAnswer>> effects) {
        Peer peer = peerById.get(to);
        if (peer != null) {
            send(peer, new Relayed(type, absent, to, null), effects);
        }
    }

    private static void send(Peer peer, PeerJsAnswer answer, List<DropInEffect<PeerJsAnswer>> effects) {
        effects.add(new DropInEffect.Send<>(List.of(peer.line().id()), answer));
    }

    /** Ids in use. */
    int peerCount() {
        return peerById.size();
    }

    /** What waits. */
    Mailboxes mailboxes() {
        return mailboxes;
    }
}
