package dev.parley.config;

import dev.parley.ice.address.IpAddress;
import org.jspecify.annotations.Nullable;

/** Lets clients find out how their NAT behaves (RFC 5780). */
public record BehaviorDiscoveryConfig(
        @Setting(
                value = "A second address of this host to answer Binding requests from, beside the first one of its "
                        + "family that clients are served on. Both must be public.",
                whenUnset = "behaviour discovery is off")
        @Nullable
        IpAddress alternateAddress,

        @Setting(value = "The second UDP port for it.", atLeast = "1", atMost = "65535")
        int alternatePort) {}
