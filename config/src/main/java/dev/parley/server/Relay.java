package dev.parley.server;

import dev.parley.config.ServerConfig;
import dev.parley.config.TurnConfig;
import dev.parley.config.TurnLimitsConfig;
import dev.parley.ice.address.IpAddress;
import dev.parley.ice.address.PeerAddressPolicy;
import dev.parley.ice.address.TransportAddress;
import dev.parley.ice.credential.NonceIssuer;
import dev.parley.ice.credential.Secret;
import dev.parley.ice.credential.TimeLimitedCredentials;
import dev.parley.turn.core.Lifetimes;
import dev.parley.turn.core.PeerRules;
import dev.parley.turn.core.PortPartition;
import dev.parley.turn.core.PortRange;
import dev.parley.turn.core.RelayAddress;
import dev.parley.turn.core.TimeLimitedUsers;
import dev.parley.turn.core.TurnLimits;
import dev.parley.turn.core.TurnServer;
import dev.parley.turn.core.TurnSettings;
import dev.parley.turn.loop.RelayDirectory;
import dev.parley.turn.loop.TurnCounters;
import dev.parley.turn.quota.QuotaLimits;
import dev.parley.turn.quota.SharedQuotas;
import dev.parley.turn.reservation.SharedReservations;
import dev.parley.turn.socket.BindRefusal;
import dev.parley.turn.transport.ListenException;
import dev.parley.turn.transport.TransportSettings;
import dev.parley.turn.transport.TurnTransport;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** The relay half of the process: one TURN core for each event loop, and the rules they share. */
final class Relay implements AutoCloseable {
    private final ServerConfig config;
    private final RoomScope scope;
    private final RelayDirectory directory;
    private final PeerAddressPolicy policy;
    private final TurnTransport transport;
    private OwnHost own;

    private Relay(
            ServerConfig config,
            RoomScope scope,
            RelayDirectory directory,
            PeerAddressPolicy policy,
            OwnHost own,
            TurnTransport transport) {
        this.config = config;
        this.scope = scope;
        this.directory = directory;
        this.policy = policy;
        this.own = own;
        this.transport = transport;
    }

    /** Binds every listener; a refusal names the key to change. */
    static Relay start(
            ServerConfig config,
            AddressPlan plan,
            TimeLimitedCredentials credentials,
            RoomScope scope,
            RelayDirectory directory,
            RoomWatch watch)
            throws StartException, InterruptedException {
        TurnConfig turn = config.turn();
        PeerAddressPolicy policy =
                new PeerAddressPolicy(turn.peers().allow(), turn.peers().deny(), List.of());
        OwnHost own = own(config, plan.own());
        PeerRules rules = new PeerRules(policy, own, directory, scope);
        TimeLimitedUsers users = new TimeLimitedUsers(credentials, turn.realm(), scope);
        SharedQuotas quotas = new SharedQuotas(new QuotaLimits(
                turn.quota().perUser(), turn.quota().perAddress(), turn.quota().total()));
        SharedReservations reservations = new SharedReservations();
        SecureRandom random = new SecureRandom();
        Secret nonceSecret = Secret.generate(random);
        TurnTransport.Cores cores = (loop, loops) -> new TurnServer(
                settings(turn, plan, loop, loops),
                rules,
                users,
                quotas,
                reservations,
                new NonceIssuer(nonceSecret, Lifetimes.NONCE),
                InstantSource.system(),
                random);
        List<TransportAddress> listen = plan.listen().stream()
                .map(address -> TransportAddress.of(address, turn.port()))
                .toList();
        try {
            TurnTransport transport =
                    TurnTransport.start(TransportSettings.of(listen, threads(turn)), cores, directory, watch);
            return new Relay(config, scope, directory, policy, own, transport);
        } catch (ListenException e) {
            throw new StartException(refusal(e), e);
        }
    }

    /** Takes note of the host's present addresses; when they have changed, permissions that break the new rules end. */
    void ownAddressesAre(HostAddresses host) {
        OwnHost now = own(config, AddressPlan.addressesOf(config.turn(), host));
        if (!now.equals(own)) {
            own = now;
            transport.changeRules(new PeerRules(policy, now, directory, scope));
        }
    }

    TurnTransport transport() {
        return transport;
    }

    TurnCounters counters() {
        return transport.counters();
    }

    @Override
    public void close() {
        transport.close();
    }

    private static OwnHost own(ServerConfig config, Set<IpAddress> addresses) {
        // Not Set.of: that refuses two equal ports, which is for the configuration to judge.
        return new OwnHost(
                addresses,
                new HashSet<>(List.of(
                        config.turn().port(),
                        config.http().port(),
                        config.admin().port())));
    }

    private static TurnSettings settings(TurnConfig turn, AddressPlan plan, int loop, int loops) {
        List<RelayAddress> relays = plan.relays().stream()
                .map(relay -> new RelayAddress(relay.bound(), relay.advertised()))
                .toList();
        TurnLimitsConfig limits = turn.limits();
        TurnLimits byDefault = TurnLimits.DEFAULT;
        return new TurnSettings(
                turn.realm(),
                relays,
                new PortPartition(relayPorts(turn), loops, loop),
                new TurnLimits(
                        limits.lifetime(),
                        byDefault.maxExpiredAge(),
                        limits.permissions(),
                        limits.channels(),
                        limits.peers(),
                        limits.newPeersPerSecond(),
                        byDefault.icmpPerSecond(),
                        byDefault.relayAttempts(),
                        limits.channelNumbers()));
    }

    private static PortRange relayPorts(TurnConfig turn) {
        return new PortRange(turn.relayPorts().first(), turn.relayPorts().last());
    }

    /** Never more loops than pairs of ports: a loop without ports could only refuse. */
    private static int threads(TurnConfig turn) {
        int wanted = turn.threads() == 0 ? Runtime.getRuntime().availableProcessors() : turn.threads();
        return Math.clamp(turn.relayPorts().size() / 2, 1, wanted);
    }

    private static String refusal(ListenException e) {
        String hint = e.reason() == BindRefusal.IN_USE ? "; stop it, or set turn.port to another port" : "";
        return (e.reason() == BindRefusal.NOT_LOCAL ? "turn.listen: " : "turn.port: ") + e.getMessage() + hint;
    }
}
