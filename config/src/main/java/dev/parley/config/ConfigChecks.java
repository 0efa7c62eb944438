package dev.parley.config;

import dev.parley.ice.address.AddressFamily;
import dev.parley.ice.address.EmbeddedIpv4;
import dev.parley.ice.address.IpAddress;
import dev.parley.ice.address.TransportAddress;
import java.net.URI;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;

/** The rules that hold between keys, and those too particular for a value type. */
public final class ConfigChecks {
    private static final Pattern HOST = Pattern.compile("[A-Za-z0-9]([A-Za-z0-9._-]{0,252})|\\[?[0-9A-Fa-f:.]+]?");
    private static final Pattern PATH = Pattern.compile("(/[A-Za-z0-9._~-]+){1,8}");
    private static final Pattern REALM = Pattern.compile("[A-Za-z0-9._-]{1,64}");

    private final ServerConfig config;
    private final List<Conflict> conflicts = new ArrayList<>();

    private ConfigChecks(ServerConfig config) {
        this.config = config;
    }

    /** A key that does not go with the rest; the text completes "KEY ...". */
    public record Conflict(String key, String text) {}

    /** Everything in this configuration that contradicts itself. */
    public static List<Conflict> conflicts(ServerConfig config) {
        ConfigChecks checks = new ConfigChecks(config);
        checks.ports();
        checks.addresses();
        checks.names();
        checks.secrets();
        checks.quotas();
        return checks.conflicts;
    }

    private void ports() {
        if (config.admin().port() == config.http().port()) {
            refuse(
                    "admin.port",
                    "is the same port as http.port: " + config.admin().port());
        }
        if (config.turn().relayPorts().contains(config.turn().port())) {
            refuse("turn.relay-ports", "contains turn.port " + config.turn().port());
        }
        if (config.turn().dtls()
                && config.turn().relayPorts().contains(config.turn().tlsPort())) {
            refuse("turn.relay-ports", "contains turn.tls-port " + config.turn().tlsPort() + ", where DTLS is served");
        }
        streamPort("turn.port", config.turn().port());
        if (config.tls().certificate() != null) {
            streamPort("turn.tls-port", config.turn().tlsPort());
            if (config.turn().tlsPort() == config.turn().port()) {
                refuse("turn.tls-port", "is the same port as turn.port, which takes TLS anyway");
            }
        }
        if (config.turn().relayPorts().size() < 2) {
            refuse("turn.relay-ports", "needs at least two ports");
        }
    }

    /** TCP ports of this process, which it cannot open twice. */
    private void streamPort(String key, int port) {
        if (port == config.http().port()) {
            refuse(key, "is the same TCP port as http.port: " + port);
        }
        if (port == config.admin().port()) {
            refuse(key, "is the same TCP port as admin.port: " + port);
        }
    }

    private void addresses() {
        relayAddresses();
        onePerFamily(
                "turn.alternate-server",
                config.turn().alternateServer().stream()
                        .map(TransportAddress::ip)
                        .toList());
        externalAddresses();
        nat64Prefixes();
    }

    /** Several of a family need an external address each, or none: two relays cannot be known by one address. */
    private void relayAddresses() {
        List<IpAddress> relays = config.turn().relayAddress();
        if (Set.copyOf(relays).size() < relays.size()) {
            refuse("turn.relay-address", "names an address twice");
        }
        for (ExternalAddress entry : config.turn().externalAddress()) {
            AddressFamily family = entry.external().family();
            boolean several =
                    relays.stream().filter(relay -> relay.family() == family).count() > 1;
            if (several && entry.internal() == null) {
                refuse(
                        "turn.external-address",
                        "must say which of several relay addresses " + entry + " stands for: external/internal");
            }
        }
    }

    /** One external address for each internal one, and one of each family for all that are not named. */
    private void externalAddresses() {
        List<ExternalAddress> entries = config.turn().externalAddress();
        List<IpAddress> internals = entries.stream()
                .map(ExternalAddress::internal)
                .filter(Objects::nonNull)
                .toList();
        for (IpAddress internal : Set.copyOf(internals)) {
            if (Collections.frequency(internals, internal) > 1) {
                refuse("turn.external-address", "names the internal address " + internal + " twice");
            }
        }
        onePerFamily(
                "turn.external-address",
                entries.stream()
                        .filter(entry -> entry.internal() == null)
                        .map(ExternalAddress::external)
                        .toList());
    }

    private void nat64Prefixes() {
        try {
            new EmbeddedIpv4(config.turn().peers().nat64Prefixes());
        } catch (IllegalArgumentException e) {
            refuse("turn.peers.nat64-prefixes", "is wrong: " + e.getMessage());
        }
    }

    private void onePerFamily(String key, List<IpAddress> addresses) {
        for (AddressFamily family : AddressFamily.values()) {
            if (addresses.stream().filter(address -> address.family() == family).count() > 1) {
                refuse(key, "takes at most one " + (family == AddressFamily.IPV4 ? "IPv4" : "IPv6") + " address");
            }
        }
    }

    private void names() {
        String publicHost = config.turn().publicHost();
        if (publicHost != null && !HOST.matcher(publicHost).matches()) {
            refuse("turn.public-host", "must be a host name or an address, without scheme and port");
        }
        if (!REALM.matcher(config.turn().realm()).matches()) {
            refuse("turn.realm", "takes 1 to 64 letters, digits, dots, hyphens and underscores");
        }
        if (!PATH.matcher(config.peerjs().path()).matches()) {
            refuse("peerjs.path", "must be a path such as /peerjs, without a slash at its end");
        }
        if (config.peerjs().key().isEmpty()) {
            refuse("peerjs.key", "must not be empty");
        }
        for (String origin : config.http().allowedOrigins()) {
            if (!isOrigin(origin)) {
                refuse("http.allowed-origins", "must be written https://host or https://host:port, nothing after it");
            }
        }
    }

    private static boolean isOrigin(String text) {
        try {
            URI uri = URI.create(text);
            String scheme = uri.getScheme();
            return uri.getHost() != null
                    && scheme != null
                    && (scheme.equals("http") || scheme.equals("https"))
                    && uri.getRawPath().isEmpty()
                    && uri.getRawQuery() == null
                    && uri.getRawFragment() == null
                    && uri.getRawUserInfo() == null;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private void secrets() {
        if (!config.turn().secret().isEmpty() && config.turn().secretFile() != null) {
            refuse("turn.secret-file", "cannot be set together with turn.secret");
        }
        AuthConfig auth = config.auth();
        if (!auth.secret().isEmpty() && auth.secretFile() != null) {
            refuse("auth.secret-file", "cannot be set together with auth.secret");
        }
        if (auth.jwksUrl() != null && auth.jwksFile() != null) {
            refuse("auth.jwks-file", "cannot be set together with auth.jwks-url");
        }
        if (!config.webhooks().urls().isEmpty() && config.webhooks().secret().isEmpty()) {
            refuse("webhooks.urls", "needs webhooks.secret: calls are signed");
        }
        OAuthConfig oauth = config.turn().oauth();
        if ((oauth.serverName() == null) != (oauth.keysFile() == null)) {
            refuse("turn.oauth", "needs both server-name and keys-file, or neither");
        }
    }

    private void quotas() {
        if (config.turn().quota().perUser() > config.turn().quota().total()) {
            refuse("turn.quota.per-user", "is larger than turn.quota.total");
        }
        if (config.limits().heartbeatSeconds() >= config.limits().silenceSeconds()) {
            refuse("limits.heartbeat-seconds", "must be smaller than limits.silence-seconds");
        }
    }

    private void refuse(String key, String text) {
        conflicts.add(new Conflict(key, text));
    }
}
