package dev.parley.server;

import dev.parley.config.ServerConfig;
import java.util.List;
import java.util.stream.Collectors;
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
        List<AddressReach> reaches = plan.relays().stream()
                .map(relay -> AddressReach.of(relay.advertised()))
                .toList();
        if (reaches.contains(AddressReach.GLOBAL)) {
            return;
        }
        String relayed = relayed(plan);
        if (config.turn().publicHost() != null) {
            LOG.warn(
                    "the relay has no public address: relayed addresses are of use only where {} can be reached; "
                            + "behind a NAT, set turn.external-address to the public address",
                    relayed);
        } else if (reaches.contains(AddressReach.PRIVATE)) {
            LOG.warn(
                    "this host has no public address: only its own network can use the relay at {}. On a "
                            + "public host behind a NAT, set turn.external-address to the public address (and forward "
                            + "UDP {} and {})",
                    relayed,
                    config.turn().port(),
                    config.turn().relayPorts());
        } else {
            LOG.warn(
                    "the relay is at {}: only this host itself can use it. Set turn.relay-address to an address that "
                            + "others reach",
                    relayed);
        }
    }

    private static String relayed(AddressPlan plan) {
        return plan.relays().stream()
                .map(relay -> relay.advertised().toString())
                .collect(Collectors.joining(", "));
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
