package dev.parley.config;

/** How many allocations may live at once. */
public record QuotaConfig(
        @Setting(
                value = "Live allocations of one user or room member.",
                atLeast = "1",
                atMost = "65535",
                reloadable = true)
        int perUser,

        @Setting(
                value = "Live allocations of one client address (IPv6: of one /64).",
                atLeast = "1",
                atMost = "65535",
                reloadable = true)
        int perAddress,

        @Setting(value = "Live allocations of all users together.", atLeast = "1", atMost = "65535", reloadable = true)
        int total) {}
