package dev.parley.turn.core;

import static dev.parley.turn.core.SimCheck.require;

import dev.parley.ice.address.AddressFamily;
import dev.parley.ice.address.IpAddress;
import dev.parley.ice.address.TransportAddress;
import dev.parley.ice.stun.StunMessage;
import dev.parley.ice.stun.attribute.Bytes;
import dev.parley.ice.stun.attribute.ChannelNumber;
import dev.parley.ice.stun.attribute.Lifetime;
import dev.parley.ice.stun.attribute.MobilityTicket;
import dev.parley.ice.stun.attribute.RequestedAddressFamily;
import dev.parley.ice.stun.attribute.Username;
import dev.parley.ice.stun.attribute.XorPeerAddress;
import dev.parley.ice.stun.attribute.XorRelayedAddress;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What the server has promised to its clients, put together from its answers alone and by the text of RFC 8656: the
 * second opinion on every packet.
 */
final class SimModel {
    /** One relayed address as its client knows it. */
    static final class PromisedRelay {
        final TransportAddress relayed;
        final Map<IpAddress, Long> permittedUntil = new HashMap<>();
        long expiryNanos;

        PromisedRelay(TransportAddress relayed, long expiryNanos) {
            this.relayed = relayed;
            this.expiryNanos = expiryNanos;
        }
    }

    /** A channel as its client knows it. */
    record PromisedChannel(TransportAddress peer, long expiryNanos) {}

    /** An allocation as its client knows it. */
    static final class Promised {
        final StunMessage request;
        final Map<AddressFamily, PromisedRelay> relays = new EnumMap<>(AddressFamily.class);
        final Map<Integer, PromisedChannel> channels = new LinkedHashMap<>();
        /** Where its client is; null if that connection has ended and it is mobile. */
        @Nullable
        ClientKey client;
        /** Where its client is moving to. */
        @Nullable
        ClientKey next;
        /** The tickets that count: of where the client is, and of where it is moving to. */
        @Nullable
        Bytes ticket;

        @Nullable
        Bytes nextTicket;

        Promised(StunMessage request) {
            this.request = request;
        }

        /** RFC 8656 section 5: nobody else may touch it. */
        void requireOwner(StunMessage other) {
            require(
                    Objects.equals(other.find(Username.class), request.find(Username.class)),
                    "granted to another user",
                    other);
        }
    }

    private final Map<ClientKey, Promised> byClient = new HashMap<>();
    private final Map<ClientKey, Promised> byNext = new HashMap<>();
    private final Map<TransportAddress, Promised> byRelayed = new HashMap<>();
    private final Map<Bytes, Promised> byTicket = new HashMap<>();
    private final Set<Promised> all = new LinkedHashSet<>();

    int size() {
        return all.size();
    }

    /** 5-tuples of one allocation or another. */
    int clients() {
        return byClient.size() + byNext.size();
    }

    boolean isMovingTo(ClientKey client) {
        return byNext.containsKey(client);
    }

    boolean has(ClientKey client) {
        return byClient.containsKey(client);
    }

    int relayCount() {
        int count = 0;
        for (Promised promised : all) {
            count += promised.relays.size();
        }
        return count;
    }

    /** A success response to Allocate; the same one again changes nothing. */
    void allocated(ClientKey client, StunMessage request, StunMessage answer, long nowNanos) {
        Promised known = findHereOrMoving(client);
        List<XorRelayedAddress> relayed = answer.all(XorRelayedAddress.class);
        if (known != null) {
            require(
                    known.request.transactionId().equals(request.transactionId()),
                    "a second allocation on one 5-tuple",
                    client);
            return;
        }
        require(!relayed.isEmpty(), "a success without relayed address", null);
        long seconds = secondsIn(answer);
        require(seconds >= 600 && seconds <= 3600, "lifetime", seconds);
        Promised fresh = new Promised(request);
        for (XorRelayedAddress address : relayed) {
            PromisedRelay relay = new PromisedRelay(address.address(), nowNanos + nanos(seconds));
            require(fresh.relays.put(address.address().family(), relay) == null, "two relays of one family", null);
            byRelayed.put(address.address(), fresh);
        }
        fresh.client = client;
        byClient.put(client, fresh);
        all.add(fresh);
        fresh.ticket = takeTicket(fresh, request, answer);
    }

    /** RFC 8016 section 3.1.2: whoever asked for a ticket gets one, and each differs from every other. */
    private @Nullable Bytes takeTicket(Promised promised, StunMessage request, StunMessage answer) {
        MobilityTicket ticket = answer.find(MobilityTicket.class);
        require(
                request.has(MobilityTicket.class) == (ticket != null),
                "a ticket for who did not ask, or none",
                request);
        if (ticket != null) {
            require(byTicket.put(ticket.ticket(), promised) == null, "the same ticket twice", ticket);
        }
        return ticket == null ? null : ticket.ticket();
    }

    /** A success response to Refresh with a ticket, RFC 8016 section 3.2.2. */
    void resumed(ClientKey client, Bytes shown, StunMessage request, StunMessage answer, long nowNanos) {
        Promised promised = byTicket.get(shown);
        if (promised == null) {
            throw new AssertionError("a ticket of nobody's was good: " + request);
        }
        promised.requireOwner(request);
        if (secondsIn(answer) == 0) {
            return;
        }
        MobilityTicket ticket = answer.find(MobilityTicket.class);
        if (ticket != null && byTicket.containsKey(ticket.ticket())) {
            return; // the answer to a retransmission
        }
        require(client.equals(promised.next) || client.equals(promised.client), "resumed, and not there", client);
        require(all.contains(promised), "resumed after its end", client);
        Bytes fresh = takeTicket(promised, request, answer);
        if (promised.next == null) {
            promised.ticket = fresh;
            promised.nextTicket = null;
        } else {
            promised.nextTicket = fresh;
        }
        refreshed(promised, request, answer, nowNanos);
    }

    /** ClientArrived, before the answer that tells it. */
    void arrived(ClientKey client, Bytes shown) {
        Promised promised = byTicket.get(shown);
        if (promised == null) {
            throw new AssertionError("a ticket of nobody's was good: " + shown);
        }
        boolean counts = Objects.equals(promised.ticket, shown) || Objects.equals(promised.nextTicket, shown);
        require(counts, "a ticket that is used up was good", client);
        if (promised.next != null) {
            byNext.remove(promised.next);
        }
        promised.next = client;
        require(byNext.put(client, promised) == null, "two allocations move to", client);
    }

    /** ClientMoved. */
    void moved(TransportAddress relayed, ClientKey to) {
        Promised promised = promisedAt(relayed);
        require(to.equals(promised.next), "moved to where nobody announced itself", to);
        if (promised.client != null) {
            byClient.remove(promised.client);
        }
        byNext.remove(to);
        promised.next = null;
        promised.ticket = promised.nextTicket == null ? promised.ticket : promised.nextTicket;
        promised.nextTicket = null;
        promised.client = to;
        require(byClient.put(to, promised) == null, "two allocations on", to);
    }

    /** ClientLost. */
    void lost(TransportAddress relayed) {
        Promised promised = promisedAt(relayed);
        require(promised.client != null && byClient.remove(promised.client) != null, "lost without a client", relayed);
        promised.client = null;
    }

    /** ClientLeft. */
    void left(ClientKey client) {
        Promised moving = byNext.remove(client);
        if (moving != null) {
            moving.next = null;
        }
        require(!byClient.containsKey(client), "left and still there", client);
    }

    Promised promisedAt(TransportAddress relayed) {
        Promised promised = byRelayed.get(relayed);
        if (promised == null) {
            throw new AssertionError("not promised to anybody: " + relayed);
        }
        return promised;
    }

    /** A success response to Refresh. */
    void refreshed(ClientKey client, StunMessage request, StunMessage answer, long nowNanos) {
        Promised promised = findHereOrMoving(client);
        if (promised == null) {
            require(secondsIn(answer) == 0, "refreshed without allocation", client);
            return;
        }
        promised.requireOwner(request);
        require(!answer.has(MobilityTicket.class), "a ticket for who did not move", client);
        refreshed(promised, request, answer, nowNanos);
    }

    private static void refreshed(Promised promised, StunMessage request, StunMessage answer, long nowNanos) {
        RequestedAddressFamily family = request.find(RequestedAddressFamily.class);
        long seconds = secondsIn(answer);
        promised.relays.forEach((which, relay) -> {
            if (family == null || family.code() == which.stunCode()) {
                require(seconds != 0, "deleted and still there", relay.relayed);
                relay.expiryNanos = nowNanos + nanos(seconds);
            }
        });
    }

    /** A success response to CreatePermission. */
    void permitted(ClientKey client, StunMessage request, long nowNanos) {
        promisedTo(client).requireOwner(request);
        for (XorPeerAddress peer : request.all(XorPeerAddress.class)) {
            permit(client, peer.address(), nowNanos);
        }
    }

    /** A success response to ChannelBind. */
    void bound(ClientKey client, StunMessage request, long nowNanos) {
        ChannelNumber number = request.find(ChannelNumber.class);
        XorPeerAddress peer = request.find(XorPeerAddress.class);
        if (number == null || peer == null) {
            throw new AssertionError("bound without number or peer");
        }
        promisedTo(client).requireOwner(request);
        permit(client, peer.address(), nowNanos);
        Map<Integer, PromisedChannel> channels = promisedTo(client).channels;
        PromisedChannel before = channels.put(
                number.number(), new PromisedChannel(peer.address(), nowNanos + Lifetimes.CHANNEL.toNanos()));
        require(before == null || before.peer.equals(peer.address()), "channel given to another peer", number);
        long numbers = channels.values().stream()
                .filter(channel -> channel.peer.equals(peer.address()))
                .count();
        require(numbers == 1, "a peer with two channels", peer);
    }

    private void permit(ClientKey client, TransportAddress peer, long nowNanos) {
        PromisedRelay relay = promisedTo(client).relays.get(peer.family());
        require(relay != null, "a permission without a relay of its family", peer);
        if (relay != null) {
            relay.permittedUntil.put(peer.ip(), nowNanos + Lifetimes.PERMISSION.toNanos());
        }
    }

    /** ChannelUnbound. */
    void unbound(TransportAddress relayed, int number) {
        require(promisedAt(relayed).channels.remove(number) != null, "unbound without being bound", number);
    }

    /** AllocationEnded. */
    void ended(TransportAddress relayed, EndReason reason, long nowNanos) {
        Promised promised = promisedAt(relayed);
        byRelayed.remove(relayed);
        PromisedRelay relay = promised.relays.remove(relayed.family());
        require(relay != null && relay.relayed.equals(relayed), "ended without being promised", relayed);
        if (relay != null) {
            boolean due = relay.expiryNanos <= nowNanos;
            require(due == (reason == EndReason.EXPIRED), "ended too early or too late", reason);
        }
        promised.channels
                .values()
                .forEach(channel ->
                        require(channel.peer.family() != relayed.family(), "a channel outlives its relay", channel));
        if (promised.relays.isEmpty()) {
            all.remove(promised);
            byClient.remove(promised.client);
            byNext.remove(promised.next);
        }
    }

    /** After a change of rules: what they deny is gone, and must not come back when they are loosened again. */
    void forgetDenied(PeerRules rules) {
        for (Promised promised : all) {
            for (PromisedRelay relay : promised.relays.values()) {
                relay.permittedUntil.keySet().removeIf(rules::deniesEveryPort);
            }
        }
    }

    @Nullable
    PromisedRelay findRelay(ClientKey client, AddressFamily family) {
        Promised promised = byClient.get(client);
        return promised == null ? null : promised.relays.get(family);
    }

    /** True if the peer may talk with the client now, as far as its permission goes. */
    boolean isPermitted(ClientKey client, TransportAddress peer, long nowNanos) {
        return isPermitted(findRelay(client, peer.family()), peer, nowNanos);
    }

    /** The same by the relayed address, whoever its client is now. */
    boolean isPermittedAt(TransportAddress relayed, TransportAddress peer, long nowNanos) {
        Promised promised = byRelayed.get(relayed);
        return promised != null && isPermitted(promised.relays.get(peer.family()), peer, nowNanos);
    }

    private static boolean isPermitted(@Nullable PromisedRelay relay, TransportAddress peer, long nowNanos) {
        return relay != null
                && nowNanos < relay.expiryNanos
                && nowNanos < relay.permittedUntil.getOrDefault(peer.ip(), Long.MIN_VALUE);
    }

    @Nullable
    TransportAddress findChannel(ClientKey client, int number, long nowNanos) {
        Promised promised = byClient.get(client);
        PromisedChannel channel = promised == null ? null : promised.channels.get(number);
        return channel != null && nowNanos < channel.expiryNanos ? channel.peer : null;
    }

    /** When the next thing promised ends. */
    long nextExpiryNanos() {
        long next = Long.MAX_VALUE;
        for (Promised promised : all) {
            for (PromisedRelay relay : promised.relays.values()) {
                next = Math.min(next, relay.expiryNanos);
            }
            for (PromisedChannel channel : promised.channels.values()) {
                next = Math.min(next, channel.expiryNanos);
            }
        }
        return next;
    }

    private Promised promisedTo(ClientKey client) {
        Promised promised = findHereOrMoving(client);
        if (promised == null) {
            throw new AssertionError("no allocation promised to: " + client);
        }
        return promised;
    }

    private @Nullable Promised findHereOrMoving(ClientKey client) {
        Promised here = byClient.get(client);
        return here == null ? byNext.get(client) : here;
    }

    private static long secondsIn(StunMessage answer) {
        Lifetime lifetime = answer.find(Lifetime.class);
        if (lifetime == null) {
            throw new AssertionError("no LIFETIME in: " + answer);
        }
        return lifetime.seconds();
    }

    private static long nanos(long seconds) {
        return seconds * 1_000_000_000L;
    }
}
