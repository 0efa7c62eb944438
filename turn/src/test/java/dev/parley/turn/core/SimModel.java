package dev.parley.turn.core;

import static dev.parley.turn.core.SimCheck.require;

import dev.parley.ice.address.AddressFamily;
import dev.parley.ice.address.IpAddress;
import dev.parley.ice.address.TransportAddress;
import dev.parley.ice.stun.StunMessage;
import dev.parley.ice.stun.attribute.ChannelNumber;
import dev.parley.ice.stun.attribute.Lifetime;
import dev.parley.ice.stun.attribute.RequestedAddressFamily;
import dev.parley.ice.stun.attribute.Username;
import dev.parley.ice.stun.attribute.XorPeerAddress;
import dev.parley.ice.stun.attribute.XorRelayedAddress;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
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

    private final Map<ClientKey, Promised> byClient = new LinkedHashMap<>();

    int size() {
        return byClient.size();
    }

    boolean has(ClientKey client) {
        return byClient.containsKey(client);
    }

    int relayCount() {
        int count = 0;
        for (Promised promised : byClient.values()) {
            count += promised.relays.size();
        }
        return count;
    }

    /** A success response to Allocate; the same one again changes nothing. */
    void allocated(ClientKey client, StunMessage request, StunMessage answer, long nowNanos) {
        Promised known = byClient.get(client);
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
        }
        byClient.put(client, fresh);
    }

    /** A success response to Refresh. */
    void refreshed(ClientKey client, StunMessage request, StunMessage answer, long nowNanos) {
        RequestedAddressFamily family = request.find(RequestedAddressFamily.class);
        long seconds = secondsIn(answer);
        Promised promised = byClient.get(client);
        if (promised == null) {
            require(seconds == 0, "refreshed without allocation", client);
            return;
        }
        promised.requireOwner(request);
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
    void unbound(ClientKey client, int number) {
        require(promisedTo(client).channels.remove(number) != null, "unbound without being bound", number);
    }

    /** AllocationEnded. */
    void ended(ClientKey client, TransportAddress relayed, EndReason reason, long nowNanos) {
        Promised promised = promisedTo(client);
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
            byClient.remove(client);
        }
    }

    /** After a change of rules: what they deny is gone, and must not come back when they are loosened again. */
    void forgetDenied(PeerRules rules) {
        for (Promised promised : byClient.values()) {
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
        PromisedRelay relay = findRelay(client, peer.family());
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
        for (Promised promised : byClient.values()) {
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
        Promised promised = byClient.get(client);
        if (promised == null) {
            throw new AssertionError("no allocation promised to: " + client);
        }
        return promised;
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
