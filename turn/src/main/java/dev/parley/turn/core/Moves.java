package dev.parley.turn.core;

import dev.parley.ice.stun.StunMessage;
import dev.parley.ice.stun.StunMethod;
import dev.parley.ice.stun.attribute.Lifetime;
import dev.parley.ice.stun.attribute.MobilityTicket;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Takes mobile allocations from one 5-tuple of their client to another (RFC 8016 section 3.2.2): a Refresh with a
 * ticket announces the new 5-tuple, the first data from there makes it the only one. Until then data comes and goes by
 * the old one.
 */
final class Moves {
    private static final TicketClaim ABSENT = new TicketClaim.Absent();

    private final @Nullable MobilityTickets tickets;
    private final Allocations allocations;
    private final AllocationTable table;
    private final RefreshHandler refresh;

    Moves(TurnSettings settings, Allocations allocations, RefreshHandler refresh) {
        this.tickets = settings.extensions().mobility();
        this.allocations = allocations;
        this.table = allocations.table();
        this.refresh = refresh;
    }

    /** What the request's ticket names, before anybody has proven anything. */
    TicketClaim claimIn(StunMessage request) {
        MobilityTicket attribute = request.method() == StunMethod.REFRESH ? request.find(MobilityTicket.class) : null;
        if (tickets == null || attribute == null) {
            return ABSENT;
        }
        MobilityTickets.Ticket ticket = tickets.open(attribute.ticket());
        if (ticket == null) {
            return new TicketClaim.Unfit(RefusalReason.BAD_TICKET);
        }
        if (ticket.loop() != tickets.loop()) {
            return new TicketClaim.Unfit(RefusalReason.MOBILITY_FORBIDDEN); // the loop that has it cannot be asked
        }
        Allocation allocation = table.findById(ticket.allocation());
        return allocation == null || !allocation.isLive()
                ? new TicketClaim.Unfit(RefusalReason.STALE_TICKET)
                : new TicketClaim.Names(allocation, ticket.serial());
    }

    /** The event loop that a genuine ticket in this request names, or this one. */
    int homeOf(StunMessage request, int thisLoop) {
        MobilityTicket attribute = request.method() == StunMethod.REFRESH ? request.find(MobilityTicket.class) : null;
        MobilityTickets.Ticket ticket = tickets == null || attribute == null ? null : tickets.open(attribute.ticket());
        return ticket == null ? thisLoop : ticket.loop();
    }

    /**
     * A Refresh with a ticket, whose sender has proven who he is; the checks are in the RFC's order.
     *
     * @param here what is at the 5-tuple that it came from, if anything
     */
    List<TurnEffect> refresh(
            Exchange exchange, Identity sender, @Nullable Allocation here, TicketClaim.Names claim, long nowNanos) {
        Allocation allocation = claim.allocation();
        Mobility mobility = allocation.requireMobility();
        boolean isOwner = sender.mayMoveFor(allocation.owner());
        TurnEffect repeated = isOwner ? mobility.answerTo(exchange, nowNanos) : null;
        if (repeated != null) {
            return List.of(repeated);
        }
        Handover handover = mobility.handover();
        boolean fromHandover = handover != null && claim.serial() == handover.serial();
        if (!fromHandover && claim.serial() != mobility.serial()) {
            return exchange.refuse(RefusalReason.STALE_TICKET);
        }
        ClientKey ticketClient = fromHandover && handover != null
                ? handover.reachable()
                : mobility.isLost() ? null : allocation.client();
        if (exchange.client().equals(ticketClient)) {
            return exchange.refuse(RefusalReason.NOT_MOVED);
        }
        if (!isOwner) {
            return exchange.refuse(RefusalReason.OTHER_USER);
        }
        if (here != null && !here.equals(allocation)) {
            return exchange.refuse(RefusalReason.ALLOCATION_EXISTS);
        }
        allocation.renewOwner(sender);
        Lifetime requested = exchange.request().find(Lifetime.class);
        boolean deletes = requested != null && requested.seconds() == 0;
        return deletes || !RefreshHandler.means(exchange.request(), allocation)
                ? refresh.handle(exchange, allocation, nowNanos)
                : move(exchange, allocation, mobility, fromHandover, nowNanos);
    }

    private List<TurnEffect> move(
            Exchange exchange, Allocation allocation, Mobility mobility, boolean fromHandover, long nowNanos) {
        List<TurnEffect> effects = new ArrayList<>();
        if (fromHandover) {
            effects.addAll(
                    settle(allocation, mobility)); // the client has the later ticket, so the earlier is done with
        } else {
            effects.addAll(forget(mobility, exchange.client()));
        }
        Handover next = new Handover(allocation, exchange.client(), mobility.nextSerial());
        mobility.await(next);
        table.add(next);
        effects.add(new TurnEffect.ClientArrived(exchange.client()));
        if (mobility.isLost()) {
            effects.addAll(settle(allocation, mobility));
        }
        TurnEffect.Reply answer = refresh.renew(exchange, allocation, nowNanos, ticketTo(allocation, next.serial()));
        mobility.remember(answer, nowNanos);
        effects.add(answer);
        return effects;
    }

    /** The attribute for the success response to the Allocate request that makes an allocation mobile. */
    MobilityTicket makeMobile(Allocation allocation) {
        Mobility mobility = new Mobility();
        mobility.settle(mobility.nextSerial());
        allocation.becomeMobile(mobility);
        return ticketTo(allocation, mobility.serial());
    }

    private MobilityTicket ticketTo(Allocation allocation, int serial) {
        if (tickets == null) {
            throw new IllegalStateException("mobile without tickets: " + allocation);
        }
        return new MobilityTicket(tickets.issue(allocation.id(), serial));
    }

    /** Data has come from the 5-tuple that a client is moving to: it has moved. */
    List<TurnEffect> dataCame(ClientKey client) {
        Handover handover = table.findHandover(client);
        return handover == null
                ? List.of()
                : settle(handover.allocation(), handover.allocation().requireMobility());
    }

    /**
     * A connection has ended. An allocation made over it ends with it (RFC 8656 section 3.1), unless it is mobile: then
     * it waits until its time has run out for a client with a ticket.
     */
    List<TurnEffect> clientGone(ClientKey client) {
        Allocation allocation = table.find(client);
        if (allocation != null) {
            Mobility mobility = allocation.mobility();
            return mobility == null || !allocation.isLive()
                    ? allocations.end(allocation, EndReason.CLIENT_GONE)
                    : lose(allocation, mobility);
        }
        Handover handover = table.findHandover(client);
        if (handover == null) {
            return List.of();
        }
        table.remove(handover);
        handover.lose();
        handover.allocation().requireMobility().forgetAnswersTo(client);
        return List.of(new TurnEffect.ClientLeft(client));
    }

    private List<TurnEffect> lose(Allocation allocation, Mobility mobility) {
        Handover handover = mobility.handover();
        if (handover != null && handover.reachable() != null) {
            return settle(allocation, mobility); // the old connection was closed, as the RFC says
        }
        return leave(allocation, mobility);
    }

    /** The 5-tuple that was awaited is the one from now on. */
    private List<TurnEffect> settle(Allocation allocation, Mobility mobility) {
        Handover handover = mobility.handover();
        if (handover == null) {
            throw new IllegalStateException("moves nowhere: " + allocation);
        }
        mobility.settle(handover.serial());
        ClientKey to = handover.reachable();
        if (to == null) {
            return mobility.isLost() ? List.of() : leave(allocation, mobility);
        }
        ClientKey from = allocation.client();
        boolean wasLost = mobility.isLost();
        table.remove(handover);
        if (!wasLost) {
            table.removeClient(allocation);
        }
        mobility.lost(false);
        allocation.moveTo(to);
        table.addClient(allocation);
        TurnEffect moved = new TurnEffect.ClientMoved(allocation, from, to);
        return wasLost ? List.of(moved) : List.of(moved, new TurnEffect.ClientLeft(from));
    }

    private List<TurnEffect> leave(Allocation allocation, Mobility mobility) {
        ClientKey from = allocation.client();
        table.removeClient(allocation);
        mobility.lost(true);
        mobility.forgetAnswersTo(from);
        return List.of(new TurnEffect.ClientLost(allocation), new TurnEffect.ClientLeft(from));
    }

    /** Of two 5-tuples that the client announced with one ticket only the later counts. */
    private List<TurnEffect> forget(Mobility mobility, ClientKey announced) {
        Handover earlier = mobility.handover();
        mobility.await(null);
        if (earlier == null || earlier.reachable() == null) {
            return List.of();
        }
        table.remove(earlier);
        return earlier.client().equals(announced) ? List.of() : List.of(new TurnEffect.ClientLeft(earlier.client()));
    }
}
