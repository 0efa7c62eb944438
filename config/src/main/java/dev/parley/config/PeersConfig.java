package dev.parley.config;

import dev.parley.ice.address.Cidr;
import java.util.List;

/** Which peer addresses the relay may send to, on top of what is always denied. */
public record PeersConfig(
        @Setting(
                value = "Special-purpose networks (private, loopback and so on) that may be relayed to "
                        + "after all, as CIDR blocks.",
                whenUnset = "none: every special-purpose network is denied")
        List<Cidr> allow,

        @Setting(value = "Further networks that are never relayed to, as CIDR blocks.", whenUnset = "none")
        List<Cidr> deny) {
    public PeersConfig {
        allow = List.copyOf(allow);
        deny = List.copyOf(deny);
    }
}
