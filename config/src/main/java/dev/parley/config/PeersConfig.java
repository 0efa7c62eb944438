package dev.parley.config;

import dev.parley.ice.address.Cidr;
import java.util.List;

/** Which peer addresses the relay may send to, on top of what is always denied. */
public record PeersConfig(
        @Setting(
                value = "Special-purpose networks (private, loopback and so on) that may be relayed to "
                        + "after all, as CIDR blocks.",
                whenUnset = "none: every special-purpose network is denied",
                reloadable = true)
        List<Cidr> allow,

        @Setting(
                value = "Further networks that are never relayed to, as CIDR blocks.",
                whenUnset = "none",
                reloadable = true)
        List<Cidr> deny,

        @Setting(
                value = "Ports that are never relayed to, whatever the address. Services that answer strangers and "
                        + "are no media live there: 1-79,81-442,444-1023,1900,5353,11211 is a good choice where "
                        + "clients are not trusted.",
                whenUnset = "none",
                reloadable = true)
        List<PortSpan> denyPorts,

        @Setting(
                value = "NAT64 prefixes of this network, of length 32, 40, 48, 56, 64 or 96. Addresses in them stand "
                        + "for IPv4 addresses and are denied; the well-known prefix always is.",
                whenUnset = "only the well-known and the local-use prefix",
                reloadable = true)
        List<Cidr> nat64Prefixes) {
    public PeersConfig {
        allow = List.copyOf(allow);
        deny = List.copyOf(deny);
        denyPorts = List.copyOf(denyPorts);
        nat64Prefixes = List.copyOf(nat64Prefixes);
    }
}
