package dev.parley.turn.core;

import dev.parley.ice.stun.attribute.XorMappedAddress;
import java.util.List;

/**
 * Answers Binding (RFC 8489 section 3): where the server sees the client, and nothing else, so that it amplifies as
 * little as possible.
 */
final class BindingHandler {
    List<TurnEffect> handle(Exchange exchange) {
        return List.of(exchange.success(new XorMappedAddress(exchange.client().address())));
    }
}
