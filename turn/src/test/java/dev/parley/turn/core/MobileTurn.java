package dev.parley.turn.core;

import static dev.parley.turn.core.TurnFixture.CHANNEL;
import static dev.parley.turn.core.TurnFixture.PEER;
import static dev.parley.turn.core.TurnFixture.codeIn;
import static dev.parley.turn.core.TurnFixture.replyIn;
import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.ice.address.TransportAddress;
import dev.parley.ice.credential.Secret;
import dev.parley.ice.stun.StunMethod;
import dev.parley.ice.stun.attribute.Attribute;
import dev.parley.ice.stun.attribute.Bytes;
import dev.parley.ice.stun.attribute.MobilityTicket;
import dev.parley.turn.quota.QuotaLimits;
import java.util.ArrayList;
import java.util.List;

/** A server with mobility, and clients that move. */
final class MobileTurn {
    static final Secret SECRET = Secret.ofText("a ticket secret of thirty-two bytes");
    static final MobilityTicket WISH = new MobilityTicket(Bytes.EMPTY);

    final TurnFixture turn;

    MobileTurn() {
        this(new QuotaLimits(9, 9, 9));
    }

    MobileTurn(QuotaLimits quotas) {
        turn = TurnFixture.with(
                TurnExtensions.NONE.with(new MobilityTickets(SECRET, 0)).withTcpRelay(3), quotas);
    }

    /** Returns the ticket. */
    Bytes allocate(TestClient client) {
        return ticketIn(turn.allocate(client, WISH));
    }

    /** The same, with a channel to the peer. */
    Bytes allocateWithChannel(TestClient client) {
        Bytes ticket = allocate(client);
        turn.bindChannel(client, CHANNEL, PEER);
        return ticket;
    }

    List<TurnEffect> refresh(TestClient client, Bytes ticket, Attribute... more) {
        List<Attribute> attributes = new ArrayList<>(List.of(more));
        attributes.add(new MobilityTicket(ticket));
        return turn.request(client, StunMethod.REFRESH, attributes.toArray(Attribute[]::new));
    }

    /** Returns the next ticket. */
    Bytes move(TestClient client, Bytes ticket) {
        return ticketIn(refresh(client, ticket));
    }

    /** ChannelData or a Send indication, as the transport tells of it. */
    List<TurnEffect> data(TestClient client) {
        TransportAddress from = client.address();
        return turn.server.isMovingTo(
                        from.family(),
                        from.high(),
                        from.low(),
                        from.port(),
                        client.key().listener())
                ? turn.handle(new TurnEvent.ClientMoves(client.key()))
                : List.of();
    }

    private static Bytes ticketIn(List<TurnEffect> effects) {
        assertThat(codeIn(effects)).isZero();
        MobilityTicket ticket = replyIn(effects).message().find(MobilityTicket.class);
        if (ticket == null) {
            throw new AssertionError("no ticket: " + effects);
        }
        return ticket.ticket();
    }
}
