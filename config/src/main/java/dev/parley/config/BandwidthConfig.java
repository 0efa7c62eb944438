package dev.parley.config;

/** How much may be relayed; datagrams beyond it are dropped, streams wait at their sender. */
public record BandwidthConfig(
        @Setting(
                value = "Payload bytes a second that one allocation may relay, both directions together. What is over "
                        + "is dropped. About a second's worth may come at once; 0 is no limit.",
                atMost = "10000000000B",
                reloadable = true)
        ByteSize perAllocation,

        @Setting(
                value = "The same for all allocations of one user or room member together.",
                atMost = "10000000000B",
                reloadable = true)
        ByteSize perUser,

        @Setting(value = "The same for the whole server.", atMost = "10000000000B", reloadable = true)
        ByteSize total) {}
