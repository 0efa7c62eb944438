package dev.parley.server;

import dev.parley.turn.core.ClientTransport;
import dev.parley.turn.core.DropReason;
import dev.parley.turn.core.EndReason;
import dev.parley.turn.core.RefusalReason;
import dev.parley.turn.dtls.DtlsRefusal;
import dev.parley.turn.dtls.DtlsShared;
import dev.parley.turn.loop.ConnectionEnd;
import dev.parley.turn.loop.PacketClass;
import dev.parley.turn.loop.TurnCounters;
import dev.parley.turn.loop.WireDrop;
import dev.parley.turn.socket.BindRefusal;
import java.util.List;
import java.util.Locale;

/** What the relay counts, written on the sheet. */
final class TurnMetrics {
    private final MetricSheet sheet;

    TurnMetrics(MetricSheet sheet) {
        this.sheet = sheet;
    }

    void add(TurnCounters turn) {
        addAllocations(turn);
        addPackets(turn);
        addConnections(turn);
    }

    /** Adds those of DTLS, which a server without it has not. */
    void add(DtlsShared dtls) {
        sheet.gauge("parley_turn_dtls_associations", "DTLS associations that live now.", dtls::associationsLive);
        sheet.gauge("parley_turn_dtls_handshakes", "DTLS handshakes under way now.", dtls::handshakesLive);
        sheet.results(
                "parley_turn_dtls_handshakes_ended",
                "DTLS handshakes that ended, of clients that had returned their cookie.",
                "completed",
                dtls::handshakesCompleted,
                "failed",
                dtls::handshakesFailed);
        sheet.byReason(
                "parley_turn_dtls_refused",
                "Clients over DTLS turned away because of a limit of turn.dtls-limits.",
                DtlsRefusal.values(),
                DtlsRefusal::label,
                dtls::refusals);
    }

    private void addAllocations(TurnCounters turn) {
        sheet.gauge("parley_turn_allocations", "Allocations that live now.", turn::allocationsLive);
        sheet.gauges(
                "parley_turn_relays",
                "Relayed addresses that live now, by what carries the packets between client and relay.",
                "transport",
                List.of(ClientTransport.values()),
                transport -> transport.name().toLowerCase(Locale.ROOT),
                turn::relaysLive);
        sheet.counter("parley_turn_allocations_opened", "Allocations that came to life.", turn::allocationsOpened);
        sheet.counter(
                "parley_turn_allocations_moved",
                "Times that an allocation followed its client to another address.",
                turn::allocationsMoved);
        sheet.counter(
                "parley_turn_faults",
                "Mistakes of the relay itself that were caught; look into the log.",
                turn::failures);
        sheet.byReason(
                "parley_turn_allocations_ended",
                "Allocations that ended.",
                EndReason.values(),
                EndReason::label,
                turn::allocationsEnded);
        sheet.byReason(
                "parley_turn_requests_refused",
                "Requests not granted.",
                RefusalReason.values(),
                RefusalReason::label,
                turn::refusals);
        sheet.byReason(
                "parley_turn_relay_sockets_refused",
                "Relay sockets that the system did not give.",
                BindRefusal.values(),
                BindRefusal::label,
                turn::bindRefusals);
    }

    private void addPackets(TurnCounters turn) {
        sheet.counters(
                "parley_turn_packets",
                "Packets by class.",
                "class",
                PacketClass.values(),
                PacketClass::label,
                turn::packets);
        sheet.counters(
                "parley_turn_payload_bytes",
                "Payload bytes by class of packet.",
                "class",
                PacketClass.values(),
                PacketClass::label,
                turn::bytes);
        sheet.byReason(
                "parley_turn_packets_dropped",
                "Packets without a route.",
                DropReason.values(),
                DropReason::label,
                turn::drops);
        sheet.byReason(
                "parley_turn_datagrams_dropped",
                "Datagrams dropped at the sockets.",
                WireDrop.values(),
                WireDrop::label,
                turn::drops);
    }

    private void addConnections(TurnCounters turn) {
        sheet.counters(
                "parley_turn_connections_ended",
                "Client connections over TCP and TLS that ended.",
                "reason",
                ConnectionEnd.values(),
                ConnectionEnd::label,
                turn::connectionsEnded);
        sheet.gauges(
                "parley_turn_connections",
                "Client connections that live now.",
                "transport",
                List.of(ClientTransport.TCP, ClientTransport.TLS),
                transport -> transport.name().toLowerCase(Locale.ROOT),
                turn::connectionsLive);
        sheet.counter(
                "parley_turn_accept_failures", "Connections that the system could not give.", turn::acceptFailures);
    }
}
