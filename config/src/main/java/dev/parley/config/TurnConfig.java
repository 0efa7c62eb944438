package dev.parley.config;

import dev.parley.ice.address.Cidr;
import dev.parley.ice.address.IpAddress;
import dev.parley.ice.address.TransportAddress;
import dev.parley.ice.credential.CredentialHash;
import dev.parley.ice.credential.Secret;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The STUN/TURN relay. */
public record TurnConfig(
        @Setting(
                value = "Port for STUN and TURN, over UDP and over TCP. With a certificate the TCP port takes TLS too.",
                atLeast = "1",
                atMost = "65535")
        int port,

        @Setting(
                value = "TCP port for STUN and TURN over TLS; it takes plain TCP too. Used only with tls.certificate. "
                        + "With turn.dtls it is a UDP port too, for DTLS and plain UDP.",
                atLeast = "1",
                atMost = "65535")
        int tlsPort,

        @Setting(
                "Serve TURN over DTLS 1.2 too, on the UDP ports turn.port and turn.tls-port. Needs tls.certificate and "
                        + "tls.private-key. Few clients use it, and none of the browsers does.")
        boolean dtls,

        @Setting(
                value = "Local addresses to serve clients on.",
                whenUnset = "every address of this host that is up, one socket each")
        List<IpAddress> listen,

        @Setting(
                value = "Local addresses that relayed traffic leaves from and arrives at. Clients are spread over "
                        + "several of a family by their own address; each of them has all of turn.relay-ports.",
                whenUnset = "the address of the default route, and a global IPv6 address if there is one")
        List<IpAddress> relayAddress,

        @Setting("UDP ports for relayed traffic, first and last. Open them in the firewall.")
        PortRange relayPorts,

        @Setting(
                value = "Public addresses of this host when it sits behind a one-to-one NAT. "
                        + "Clients are told these instead of the relay address. An address alone stands for the "
                        + "relay address of its family; external/internal says which local address it stands for.",
                whenUnset = "the relay address itself")
        List<ExternalAddress> externalAddress,

        @Setting(
                value = "Host name or address that clients are told to reach the relay at.",
                whenUnset = "the external address, or else the relay address")
        @Nullable
        String publicHost,

        @Setting("Realm of the TURN credentials; at most 12 characters keeps the first answer small.")
        String realm,

        @Setting(
                value = "Shared secrets that TURN credentials are signed with, each of at least 32 characters. The"
                        + " first signs, all are accepted, so that a secret can be replaced without cutting"
                        + " anybody off. Better set by the environment variable or by turn.secret-file than in a"
                        + " file that others can read.",
                whenUnset = "turn.secret-file, or else a random secret kept in the state directory",
                reloadable = true)
        List<Secret> secret,

        @Setting(
                value = "File with the shared secret, mode 0600. The first line signs, credentials "
                        + "signed with any further line are "
                        + "accepted too, so that a secret can be replaced without cutting anybody off.",
                whenUnset = "not used",
                reloadable = true)
        @Nullable
        Path secretFile,

        @Setting(
                value = "How long a TURN credential that a room member gets is good for.",
                atLeast = "1m",
                atMost = "24h")
        Duration credentialTtl,

        @Setting("What TURN passwords are made with: sha1, as everybody does, or sha256. Both are accepted from"
                + " clients.")
        CredentialHash credentialHash,

        @Setting(
                value = "File of users with long-term passwords, mode 0600; read again when it changes. Each line is "
                        + "name:password, or name:md5:KEY, name:sha256:KEY or both with a comma between, where KEY is "
                        + "the digest of name:realm:password in hexadecimal. Lines that begin with # are comments.",
                whenUnset = "no such users")
        @Nullable
        Path usersFile,

        @Setting(
                value = "Name of a plug-in that knows users. Its jar lies in the folder plugins, or where"
                        + " PARLEY_PLUGINS says.",
                whenUnset = "no plug-in")
        @Nullable
        String usersProvider,

        @Setting("Tell clients of RFC 8489 to send USERHASH in place of USERNAME. Only users of the users file, room "
                + "members and users of plug-ins that can do it are found by hash: credentials made elsewhere with "
                + "the shared secret stop working for such clients.")
        boolean usernameAnonymity,

        @Setting(
                value = "Where clients are sent while this server drains or is full, written address:port; at most one "
                        + "IPv4 and one IPv6 server.",
                whenUnset = "such clients are refused")
        List<TransportAddress> alternateServer,

        @Setting(
                value = "Name in the certificate of the alternate server, for clients that came over TLS or DTLS.",
                whenUnset = "the name of this server")
        @Nullable
        String alternateDomain,

        @Setting(value = "Event loops of the relay; 0 takes one per processor.", atLeast = "0", atMost = "256")
        int threads,

        @Setting("Relay in the kernel where possible. Not there yet: auto and off both relay in user space.")
        FastPathMode fastPath,

        @Setting(
                value = "Load balancers in front of the TCP and TLS ports that speak the PROXY protocol, version 1 or"
                        + " 2. A connection from there has to begin with such a header; from elsewhere it is not"
                        + " understood.",
                whenUnset = "nobody")
        List<Cidr> proxyProtocol,

        @Setting("TCP allocations (RFC 6062): clients may relay TCP connections. Off unless it is needed: such a relay"
                + " has been used to reach into networks. One event loop then serves all clients over TCP and"
                + " TLS.")
        boolean tcpRelay,

        @Setting("Clients may take their allocation along to another address or transport (RFC 8016). An allocation"
                + " that a client made so does not end with its connection, and counts in the quotas until it"
                + " expires.")
        boolean mobility,

        StreamsConfig streams,
        DtlsLimitsConfig dtlsLimits,

        @Setting("Put the words of the RFC into error answers, for people who look at packets. They make answers to "
                + "strangers longer, which is of use to senders of forged requests.")
        boolean reasonPhrases,

        @Setting("Answer Binding requests of RFC 3489, which have no magic cookie, with MAPPED-ADDRESS.")
        boolean rfc3489,

        BehaviorDiscoveryConfig behaviorDiscovery,
        OAuthConfig oauth,
        PeersConfig peers,
        QuotaConfig quota,
        BandwidthConfig bandwidth,
        TurnLimitsConfig limits) {
    public TurnConfig {
        listen = List.copyOf(listen);
        proxyProtocol = List.copyOf(proxyProtocol);
        relayAddress = List.copyOf(relayAddress);
        externalAddress = List.copyOf(externalAddress);
        secret = List.copyOf(secret);
        alternateServer = List.copyOf(alternateServer);
    }
}
