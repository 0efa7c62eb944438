package dev.parley.server;

import dev.parley.config.ServerConfig;
import dev.parley.config.TurnConfig;
import dev.parley.ice.address.IpAddress;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells the operator, in the log, what runs where, what a browser will get, and who will be able to reach it. */
final class StartReport {
    private static final Logger LOG = LoggerFactory.getLogger("parley");

    private StartReport() {}

    static void log(ServerConfig config, HostAddresses host, AddressPlan plan, IceUris uris) {
        LOG.info("addresses of this host: {}", describe(host));
        for (AddressPlan.Relay relay : plan.relays()) {
            String advertised =
                    relay.bound().equals(relay.advertised()) ? "" : ", known to the world as " + relay.advertised();
            LOG.info(
                    "relaying from {}{}, UDP ports {}",
                    relay.bound(),
                    advertised,
                    config.turn().relayPorts());
        }
        LOG.info("browsers get these ICE servers: {}", String.join(" ", uris.all()));
        warnAboutReach(config, plan);
        LOG.info(
                "metrics and health: http://127.0.0.1:{}/metrics",
                config.admin().port());
        LOG.info("open {}", page(config));
    }

    /** The address to open in a browser on this very host. */
    static String page(ServerConfig config) {
        String host = config.http().listen().isEmpty()
                ? "localhost"
                : config.http().listen().getFirst().toString();
        boolean isWildcard = host.equals("0.0.0.0") || host.equals("::");
        String authority = isWildcard ? "localhost" : host.contains(":") ? "[" + host + "]" : host;
        return "http://" + authority + ":" + config.http().port() + "/";
    }

    private static void warnAboutReach(ServerConfig config, AddressPlan plan) {
        String warning = reachWarning(config.turn(), plan);
        if (warning != null) {
            LOG.warn("{}", warning);
        }
    }

    /** What to tell an operator whose relay strangers cannot use, or null if they can. */
    static @Nullable String reachWarning(TurnConfig turn, AddressPlan plan) {
        List<IpAddress> hidden = plan.relays().stream()
                .map(AddressPlan.Relay::advertised)
                .filter(address -> AddressReach.of(address) != AddressReach.GLOBAL)
                .toList();
        if (hidden.isEmpty()) {
            return null;
        }
        String relayed = hidden.stream().map(IpAddress::toString).collect(Collectors.joining(", "));
        if (hidden.stream().allMatch(AddressReach::isLoopback)) {
            return "the relay is at " + relayed + ": only this host itself can use it. Set turn.relay-address to an "
                    + "address that others reach";
        }
        String remedy = "set turn.external-address to the public address (and forward UDP " + turn.port() + " and "
                + turn.relayPorts() + ")";
        if (hidden.size() < plan.relays().size()) {
            return "relayed addresses at " + relayed + " are of use only in this host's own network; if it is behind a "
                    + "NAT, " + remedy;
        }
        return turn.publicHost() != null
                ? "the relay has no public address: relayed addresses are of use only where " + relayed
                        + " can be reached; behind a NAT, " + remedy
                : "this host has no public address: only its own network can use the relay at " + relayed
                        + ". On a public host behind a NAT, " + remedy;
    }

    private static String describe(HostAddresses host) {
        return host.all().stream()
                .map(local -> local.address() + " (" + local.interfaceName() + ", " + words(local.reach()) + ")")
                .collect(Collectors.joining(", "));
    }

    private static String words(AddressReach reach) {
        return switch (reach) {
            case LOOPBACK -> "this host only";
            case LINK -> "this link only";
            case PRIVATE -> "private";
            case GLOBAL -> "public";
        };
    }
}
