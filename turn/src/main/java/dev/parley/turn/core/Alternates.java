package dev.parley.turn.core;

import dev.parley.ice.address.AddressFamily;
import dev.parley.ice.address.TransportAddress;
import dev.parley.ice.stun.IntegrityAlgorithm;
import dev.parley.ice.stun.attribute.AlternateDomain;
import dev.parley.ice.stun.attribute.AlternateServer;
import dev.parley.ice.stun.attribute.Attribute;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where clients are sent whom this server has no room for (RFC 8489 section 10).
 *
 * @param servers at most one of each family
 * @param domain the name in the other server's certificate, or null if it is that of this server's
 */
public record Alternates(
        List<TransportAddress> servers, @Nullable String domain) {
    public static final Alternates NONE = new Alternates(List.of(), null);

    public Alternates {
        servers = List.copyOf(servers);
        if (servers.size() > 2
                || servers.stream().map(TransportAddress::family).distinct().count() < servers.size()) {
            throw new IllegalArgumentException("at most one alternate server of each family");
        }
    }

    /**
     * What a 300 to this client carries: the server of its own family first, which must be there, then the other.
     *
     * @param identity who signed the request, or null
     * @return empty if this client cannot be sent anywhere
     */
    List<Attribute> attributesFor(ClientKey client, @Nullable Identity identity) {
        AddressFamily family = client.address().family();
        List<Attribute> attributes = new ArrayList<>(3);
        for (TransportAddress server : servers) {
            if (server.family() == family) {
                attributes.addFirst(new AlternateServer(server));
            } else {
                attributes.addLast(new AlternateServer(server));
            }
        }
        boolean reachable = servers.stream().anyMatch(server -> server.family() == family);
        if (!reachable) {
            return List.of();
        }
        boolean isNew = identity != null && identity.integrity() == IntegrityAlgorithm.SHA256;
        if (domain != null && isNew && client.transport().isEncrypted()) {
            attributes.add(new AlternateDomain(domain));
        }
        return attributes;
    }
}
