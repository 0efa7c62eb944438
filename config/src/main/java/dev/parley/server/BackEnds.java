package dev.parley.server;

import dev.parley.config.ServerConfig;
import dev.parley.config.schema.Schema;
import dev.parley.ice.address.Cidr;
import dev.parley.ice.address.IpAddress;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The hosts that this process itself talks to: their services trust it, so no client may reach them through its relay,
 * also not on a public address. Every configuration value that is a URI names one, so that none can be forgotten.
 *
 * @param hosts names or addresses
 */
record BackEnds(List<String> hosts) {
    private static final Logger LOG = LoggerFactory.getLogger(BackEnds.class);

    BackEnds {
        hosts = List.copyOf(hosts);
    }

    /** Turns a name into addresses, as the system does or a test wants it. */
    @FunctionalInterface
    interface Resolver {
        InetAddress[] resolve(String host) throws UnknownHostException;
    }

    static BackEnds of(ServerConfig config) {
        return ofUris(Schema.SERVER.values(config).values().stream()
                .flatMap(value -> value instanceof List<?> list ? list.stream() : Stream.ofNullable(value))
                .filter(URI.class::isInstance)
                .map(URI.class::cast)
                .toList());
    }

    static BackEnds ofUris(List<URI> uris) {
        List<String> hosts = new ArrayList<>();
        for (URI uri : uris) {
            String host = uri.getHost();
            if (host != null) {
                hosts.add(host);
            }
        }
        return new BackEnds(hosts);
    }

    /** Their present addresses. A name that does not resolve now is asked for again with the next look. */
    Set<Cidr> addresses(Resolver resolver) {
        Set<Cidr> addresses = new LinkedHashSet<>();
        for (String host : hosts) {
            try {
                for (InetAddress address : resolver.resolve(host)) {
                    addresses.add(Cidr.of(IpAddress.ofInetAddress(address)));
                }
            } catch (UnknownHostException e) {
                LOG.warn("the back end {} has no address now; its address cannot be denied as a peer", host);
            }
        }
        return addresses;
    }
}
