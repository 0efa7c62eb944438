package dev.parley.turn.core;

import dev.parley.ice.address.TransportAddress;
import dev.parley.ice.stun.StunMessage;
import dev.parley.ice.stun.attribute.Attribute;
import dev.parley.ice.stun.attribute.ChangeRequest;
import dev.parley.ice.stun.attribute.MappedAddress;
import dev.parley.ice.stun.attribute.OtherAddress;
import dev.parley.ice.stun.attribute.Padding;
import dev.parley.ice.stun.attribute.ResponseOrigin;
import dev.parley.ice.stun.attribute.ResponsePort;
import dev.parley.ice.stun.attribute.XorMappedAddress;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Answers Binding (RFC 8489 section 3): where the server sees the client, and nothing else, so that it amplifies as
 * little as possible. Where behaviour discovery is switched on, the answer also shows, and comes from, what RFC 5780
 * section 6.1 says.
 */
final class BindingHandler {
    /** The usual MTU, a multiple of four; and never more than the request itself brought, as anybody could send it. */
    static final int MOST_PADDING = 1500;

    private final @Nullable BehaviorDiscovery discovery;

    BindingHandler(TurnSettings settings) {
        this.discovery = settings.extensions().behaviorDiscovery();
    }

    /** Whether the attributes of RFC 5780 mean something where this request came to. */
    boolean discoversAt(ClientKey client) {
        return discovery != null && discovery.findLocal(client) != null;
    }

    List<TurnEffect> handle(Exchange exchange) {
        TransportAddress seen = exchange.client().address();
        TransportAddress local = discovery == null ? null : discovery.findLocal(exchange.client());
        return discovery == null || local == null
                ? List.of(exchange.success(new XorMappedAddress(seen)))
                : discover(discovery, local, exchange);
    }

    private static List<TurnEffect> discover(BehaviorDiscovery discovery, TransportAddress local, Exchange exchange) {
        StunMessage request = exchange.request();
        Padding padding = request.find(Padding.class);
        ResponsePort responsePort = request.find(ResponsePort.class);
        if (responsePort != null && (padding != null || responsePort.port() == 0)) {
            return exchange.refuse(RefusalReason.CONFLICTING_ATTRIBUTES);
        }
        ChangeRequest change = request.find(ChangeRequest.class);
        TransportAddress origin =
                change == null ? local : discovery.changed(local, change.changeIp(), change.changePort());
        TransportAddress seen = exchange.client().address();
        List<Attribute> attributes = new ArrayList<>(List.of(
                new XorMappedAddress(seen),
                new MappedAddress(seen),
                new ResponseOrigin(origin),
                new OtherAddress(discovery.changed(local, true, true))));
        if (padding != null) {
            attributes.add(new Padding(Math.min(padding.length(), MOST_PADDING)));
        }
        TransportAddress target = responsePort == null ? seen : seen.withPort(responsePort.port());
        ClientKey answered = new ClientKey(target, discovery.listenerAt(origin));
        return List.of(exchange.answeredAt(answered).success(attributes.toArray(Attribute[]::new)));
    }
}
