package dev.parley.server;

import dev.parley.config.ServerConfig;
import dev.parley.config.TurnConfig;
import dev.parley.config.TurnLimitsConfig;
import dev.parley.ice.address.IpAddress;
import dev.parley.ice.address.TransportAddress;
import dev.parley.ice.credential.NonceIssuer;
import dev.parley.ice.credential.Secret;
import dev.parley.turn.core.Alternates;
import dev.parley.turn.core.Lifetimes;
import dev.parley.turn.core.MobilityTickets;
import dev.parley.turn.core.PortPartition;
import dev.parley.turn.core.PortRange;
import dev.parley.turn.core.RelayAddress;
import dev.parley.turn.core.TurnExtensions;
import dev.parley.turn.core.TurnLimits;
import dev.parley.turn.core.TurnServer;
import dev.parley.turn.core.TurnSettings;
import dev.parley.turn.core.Users;
import dev.parley.turn.dtls.DtlsShared;
import dev.parley.turn.loop.RelayDirectory;
import dev.parley.turn.loop.TurnCounters;
import dev.parley.turn.loop.TurnNotices;
import dev.parley.turn.quota.BandwidthLimits;
import dev.parley.turn.quota.QuotaLimits;
import dev.parley.turn.quota.SharedQuotas;
import dev.parley.turn.reservation.SharedReservations;
import dev.parley.turn.socket.BindRefusal;
import dev.parley.turn.socket.SocketEngine;
import dev.parley.turn.stream.StreamSettings;
import dev.parley.turn.tls.TlsContexts;
import dev.parley.turn.transport.ListenException;
import dev.parley.turn.transport.TransportSettings;
import dev.parley.turn.transport.TurnTransport;
import java.net.InetAddress;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The relay half of the process: one TURN core for each event loop, and the rules they share. */
final class Relay implements AutoCloseable, Reload.Part {
    private final ServerConfig config;
    private final RelayRules rules;
    private final BackEnds backEnds;
    private final SharedQuotas quotas;
    private final TurnTransport transport;
    private final @Nullable DtlsShared dtls;

    private Relay(
            ServerConfig config,
            RelayRules rules,
            BackEnds backEnds,
            SharedQuotas quotas,
            TurnTransport transport,
            @Nullable DtlsShared dtls) {
        this.config = config;
        this.rules = rules;
        this.quotas = quotas;
        this.backEnds = backEnds;
        this.transport = transport;
        this.dtls = dtls;
    }

    /** Binds every listener; a refusal names the key to change. */
    static Relay start(
            ServerConfig config,
            AddressPlan plan,
            Users users,
            @Nullable HostCertificate certificate,
            RoomScope scope,
            RelayDirectory directory,
            TurnNotices notices,
            @Nullable TlsContexts tls)
            throws StartException, InterruptedException {
        TurnConfig turn = config.turn();
        BackEnds backEnds = BackEnds.of(config);
        RelayRules rules =
                new RelayRules(config, plan.own(), backEnds.addresses(InetAddress::getAllByName), directory, scope);
        SharedQuotas quotas = new SharedQuotas(quotaLimits(turn), bandwidthLimits(turn));
        SharedReservations reservations = new SharedReservations();
        SecureRandom random = new SecureRandom();
        Secret nonceSecret = Secret.generate(random);
        Secret ticketSecret = Secret.generate(random);
        Discovery discovery = Discovery.of(turn.behaviorDiscovery(), datagramAddresses(turn, plan.listen()));
        TurnExtensions extensions = TurnExtensions.NONE
                .with(new Alternates(turn.alternateServer(), turn.alternateDomain()))
                .with(TokenKeys.of(turn.oauth()))
                .with(discovery.discovery())
                .withRfc3489(turn.rfc3489())
                .withReasonPhrases(turn.reasonPhrases())
                .withDontFragment(SocketEngine.best().setsDontFragment())
                .withTcpRelay(turn.tcpRelay() ? turn.streams().peerConnections() : 0);
        TurnTransport.Cores cores = (loop, loops) -> new TurnServer(
                settings(
                        turn,
                        plan,
                        extensions.with(turn.mobility() ? new MobilityTickets(ticketSecret, loop) : null),
                        loop,
                        loops),
                rules.inForce(),
                users,
                quotas,
                reservations,
                new NonceIssuer(nonceSecret, Lifetimes.NONCE),
                InstantSource.system(),
                random);
        try {
            DtlsShared dtls = HostCertificate.dtls(turn, certificate);
            TurnTransport transport = TurnTransport.start(
                    transportSettings(config, discovery.listen(), ClientStreams.of(turn, plan.listen(), tls), dtls),
                    cores,
                    directory,
                    notices);
            return new Relay(config, rules, backEnds, quotas, transport, dtls);
        } catch (ListenException e) {
            throw new StartException(refusal(e, turn), e);
        }
    }

    /** Takes note of the host's present addresses; when they have changed, permissions that break the new rules end. */
    void ownAddressesAre(HostAddresses host) {
        Set<IpAddress> own = AddressPlan.addressesOf(config.turn(), host);
        if (rules.hostIs(own, backEnds.addresses(InetAddress::getAllByName))) {
            transport.changeRules(rules.inForce());
        }
    }

    /** Peer lists end what breaks them at once; quotas and bandwidth hold for what is to come. */
    @Override
    public Runnable prepare(ServerConfig next) {
        TurnConfig turn = next.turn();
        return () -> {
            quotas.changeLimits(quotaLimits(turn), bandwidthLimits(turn));
            transport.changeLimits(turnLimits(turn));
            transport.changeResponseBudget(
                    turn.limits().responsesPerSource(), turn.limits().responsesTotal());
            if (rules.peersAre(turn.peers())) {
                transport.changeRules(rules.inForce());
            }
        };
    }

    TurnTransport transport() {
        return transport;
    }

    /** What DTLS counts, or null if it is not served. */
    @Nullable
    DtlsShared dtls() {
        return dtls;
    }

    TurnCounters counters() {
        return transport.counters();
    }

    @Override
    public void close() {
        transport.close();
    }

    /** URIs for DTLS lead to the TLS port (RFC 7065); DTLS at the other one is older. */
    private static List<TransportAddress> datagramAddresses(TurnConfig turn, List<IpAddress> addresses) {
        List<TransportAddress> listen = new ArrayList<>();
        addresses.forEach(address -> listen.add(TransportAddress.of(address, turn.port())));
        if (turn.dtls() && turn.tlsPort() != turn.port()) {
            addresses.forEach(address -> listen.add(TransportAddress.of(address, turn.tlsPort())));
        }
        return listen;
    }

    private static TransportSettings transportSettings(
            ServerConfig config, List<TransportAddress> listen, StreamSettings streams, @Nullable DtlsShared dtls) {
        TransportSettings byDefault = TransportSettings.of(listen, threads(config.turn()));
        return new TransportSettings(
                listen,
                streams,
                byDefault.threads(),
                byDefault.sockets(),
                config.turn().limits().responsesPerSource(),
                config.turn().limits().responsesTotal(),
                config.log().wholeAddresses(),
                dtls);
    }

    private static QuotaLimits quotaLimits(TurnConfig turn) {
        return new QuotaLimits(
                turn.quota().perUser(), turn.quota().perAddress(), turn.quota().total());
    }

    private static BandwidthLimits bandwidthLimits(TurnConfig turn) {
        return new BandwidthLimits(
                turn.bandwidth().perAllocation().bytes(),
                turn.bandwidth().perUser().bytes(),
                turn.bandwidth().total().bytes());
    }

    private static TurnSettings settings(
            TurnConfig turn, AddressPlan plan, TurnExtensions extensions, int loop, int loops) {
        List<RelayAddress> relays = plan.relays().stream()
                .map(relay -> new RelayAddress(relay.bound(), relay.advertised()))
                .toList();
        return new TurnSettings(
                turn.realm(), relays, new PortPartition(relayPorts(turn), loops, loop), turnLimits(turn), extensions);
    }

    private static TurnLimits turnLimits(TurnConfig turn) {
        TurnLimitsConfig limits = turn.limits();
        TurnLimits byDefault = TurnLimits.DEFAULT;
        return new TurnLimits(
                limits.lifetime(),
                byDefault.maxExpiredAge(),
                limits.permissions(),
                limits.channels(),
                limits.peers(),
                limits.newPeersPerSecond(),
                limits.icmpPerSecond(),
                byDefault.relayAttempts(),
                limits.channelNumbers());
    }

    private static PortRange relayPorts(TurnConfig turn) {
        return new PortRange(turn.relayPorts().first(), turn.relayPorts().last());
    }

    /** Never more loops than pairs of ports: a loop without ports could only refuse. */
    private static int threads(TurnConfig turn) {
        int wanted = turn.threads() == 0 ? Runtime.getRuntime().availableProcessors() : turn.threads();
        return Math.clamp(turn.relayPorts().size() / 2, 1, wanted);
    }

    private static String refusal(ListenException e, TurnConfig turn) {
        String key = e.address().port() == turn.port() ? "turn.port" : "turn.tls-port";
        String hint = e.reason() == BindRefusal.IN_USE ? "; stop it, or set " + key + " to another port" : "";
        return (e.reason() == BindRefusal.NOT_LOCAL ? "turn.listen" : key) + ": " + e.getMessage() + hint;
    }
}
