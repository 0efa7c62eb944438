package dev.parley.server;

import dev.parley.config.ExternalAddress;
import dev.parley.config.TurnConfig;
import dev.parley.ice.address.AddressFamily;
import dev.parley.ice.address.IpAddress;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which addresses the relay uses for what, decided from the configuration and what the host has.
 *
 * @param listen local addresses that clients are served on
 * @param relays where relayed traffic leaves; of several of a family, clients are spread over them
 * @param hosts what clients are told to reach the relay at, in order of preference
 * @param own every address that is this host's in any sense; never a valid peer outside live relay ports
 */
public record AddressPlan(List<IpAddress> listen, List<Relay> relays, List<String> hosts, Set<IpAddress> own) {
    private static final IpAddress ANY_IPV4 = IpAddress.parse("0.0.0.0");
    private static final IpAddress ANY_IPV6 = IpAddress.parse("::");
    private static final IpAddress LOOPBACK = IpAddress.parse("127.0.0.1");

    public AddressPlan {
        listen = List.copyOf(listen);
        relays = List.copyOf(relays);
        hosts = List.copyOf(hosts);
        own = Set.copyOf(own);
    }

    /** A relay address: the one bound here and the one clients are told, which differ behind a NAT. */
    public record Relay(IpAddress bound, IpAddress advertised) {}

    /** The plan for this host, or a refusal that names the key at fault. */
    public static AddressPlan of(TurnConfig turn, HostAddresses host) throws StartException {
        List<IpAddress> listen = listen(turn, host);
        ExternalAddresses externals = new ExternalAddresses(turn.externalAddress());
        List<IpAddress> bound = relayAddresses(turn, externals, host);
        List<Relay> relays = bound.stream()
                .map(address -> new Relay(address, externals.advertised(address)))
                .toList();
        requireUsable(turn.externalAddress(), bound, host);
        return new AddressPlan(listen, relays, hosts(turn, listen, relays, externals), addressesOf(turn, host));
    }

    private static void requireUsable(List<ExternalAddress> entries, List<IpAddress> bound, HostAddresses host)
            throws StartException {
        for (ExternalAddress entry : entries) {
            IpAddress internal = entry.internal();
            if (internal != null) {
                requireLocal("turn.external-address", internal, host);
            } else if (ofFamily(bound, entry.external().family()) == null) {
                throw new StartException("turn.external-address: no relay address of the family of " + entry.external()
                        + "; set turn.relay-address to an address of that family too");
            }
        }
    }

    /** Every address that is this host's in any sense, as things are now. */
    static Set<IpAddress> addressesOf(TurnConfig turn, HostAddresses host) {
        Set<IpAddress> own = new LinkedHashSet<>(new ExternalAddresses(turn.externalAddress()).all());
        host.all().forEach(local -> own.add(local.address()));
        own.addAll(host.broadcasts());
        return own;
    }

    private static List<IpAddress> listen(TurnConfig turn, HostAddresses host) throws StartException {
        Set<IpAddress> listen = new LinkedHashSet<>();
        for (IpAddress address : turn.listen()) {
            if (address.equals(ANY_IPV4) || address.equals(ANY_IPV6)) {
                host.bindable().stream()
                        .filter(own -> own.family() == address.family())
                        .forEach(listen::add);
            } else {
                listen.add(requireLocal("turn.listen", address, host));
            }
        }
        if (turn.listen().isEmpty()) {
            listen.addAll(host.bindable());
        }
        if (listen.isEmpty()) {
            throw new StartException("turn.listen: this host has no address to listen on");
        }
        return List.copyOf(listen);
    }

    private static List<IpAddress> relayAddresses(TurnConfig turn, ExternalAddresses externals, HostAddresses host)
            throws StartException {
        List<IpAddress> relays = new ArrayList<>();
        for (IpAddress address : turn.relayAddress()) {
            relays.add(requireLocal("turn.relay-address", address, host));
        }
        if (!relays.isEmpty()) {
            return relays;
        }
        relays.add(behindNat(defaultIpv4(host), externals));
        IpAddress ipv6 = defaultIpv6(externals, host);
        if (ipv6 != null) {
            relays.add(ipv6);
        }
        return relays;
    }

    /** An IPv6 address that others reach, by itself or through a one-to-one NAT; null if there is none. */
    private static @Nullable IpAddress defaultIpv6(ExternalAddresses externals, HostAddresses host) {
        IpAddress routed = host.defaultIpv6();
        if (routed == null) {
            return externals.findInternal(AddressFamily.IPV6);
        }
        IpAddress chosen = behindNat(routed, externals);
        return AddressReach.of(externals.advertised(chosen)) == AddressReach.GLOBAL ? chosen : null;
    }

    /** Where the operator named local addresses that the world knows, the relay uses one of them. */
    private static IpAddress behindNat(IpAddress routed, ExternalAddresses externals) {
        IpAddress named = externals.findInternal(routed.family());
        if (named == null || externals.coversAll(routed.family())) {
            return routed;
        }
        return externals.advertised(routed).equals(routed) ? named : routed;
    }

    private static IpAddress defaultIpv4(HostAddresses host) {
        IpAddress routed = host.defaultIpv4();
        if (routed != null && host.isOwn(routed)) {
            return routed;
        }
        return host.all().stream()
                .filter(local -> local.address().family() == AddressFamily.IPV4)
                .filter(local -> local.reach() == AddressReach.GLOBAL || local.reach() == AddressReach.PRIVATE)
                .map(HostAddresses.Local::address)
                .findFirst()
                .orElse(LOOPBACK);
    }

    private static List<String> hosts(
            TurnConfig turn, List<IpAddress> listen, List<Relay> relays, ExternalAddresses externals) {
        String publicHost = turn.publicHost();
        if (publicHost != null) {
            return List.of(publicHost);
        }
        // Any one of a family will do, and browsers slow down with many.
        Set<AddressFamily> told = EnumSet.noneOf(AddressFamily.class);
        List<String> hosts = new ArrayList<>();
        for (Relay relay : relays) {
            if (!told.add(relay.bound().family())) {
                continue;
            }
            boolean isServed = listen.contains(relay.bound())
                    || externals.coversAll(relay.bound().family());
            hosts.add((isServed ? relay.advertised() : externals.advertised(firstOfFamily(listen, relay))).toString());
        }
        return hosts;
    }

    /** A relay address on which no client is served is no address to send clients to. */
    private static IpAddress firstOfFamily(List<IpAddress> listen, Relay relay) {
        IpAddress served = ofFamily(listen, relay.bound().family());
        return served == null ? listen.getFirst() : served;
    }

    private static IpAddress requireLocal(String key, IpAddress address, HostAddresses host) throws StartException {
        if (!host.isOwn(address)) {
            throw new StartException(key + ": " + address + " is not an address of this host (it has "
                    + String.join(
                            ", ",
                            host.bindable().stream().map(IpAddress::toString).toList()) + ")");
        }
        return address;
    }

    private static @Nullable IpAddress ofFamily(List<IpAddress> addresses, AddressFamily family) {
        return addresses.stream()
                .filter(address -> address.family() == family)
                .findFirst()
                .orElse(null);
    }
}
