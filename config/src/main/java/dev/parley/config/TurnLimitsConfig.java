package dev.parley.config;

import dev.parley.ice.stun.ChannelNumbers;
import java.time.Duration;

/** Limits on what one allocation can hold. */
public record TurnLimitsConfig(
        @Setting(
                value = "Longest lifetime that a client gets for an allocation before it must refresh.",
                atLeast = "10m",
                atMost = "24h",
                reloadable = true)
        Duration lifetime,

        @Setting(value = "Permissions of one allocation.", atLeast = "1", atMost = "4096", reloadable = true)
        int permissions,

        @Setting(value = "Channels of one allocation.", atLeast = "1", atMost = "4096", reloadable = true)
        int channels,

        @Setting(
                value = "Different peer addresses and ports of one allocation.",
                atLeast = "1",
                atMost = "4096",
                reloadable = true)
        int peers,

        @Setting(
                value = "New peer addresses and ports of one allocation a second.",
                atLeast = "1",
                atMost = "4096",
                reloadable = true)
        int newPeersPerSecond,

        @Setting(
                value = "ICMP errors a second that the client of one allocation is told of.",
                atLeast = "1",
                atMost = "4096",
                reloadable = true)
        int icmpPerSecond,

        @Setting(
                value = "Numbers that channels may have: rfc-8656 is 0x4000-0x4FFF, which every browser keeps to. "
                        + "rfc-5766 is 0x4000-0x7FFF, for old clients; coturn's test client up to version 4.6 is one.",
                reloadable = true)
        ChannelNumbers channelNumbers,

        @Setting(
                value = "Answers a second to senders at one IPv4 address or IPv6 /64 who have proven nothing: over UDP "
                        + "their address may be somebody else's. An address from which a good credential came gets "
                        + "fifty times as much for ten minutes, so that many clients behind one NAT are not slowed.",
                atLeast = "1",
                atMost = "100000",
                reloadable = true)
        int responsesPerSource,

        @Setting(
                value = "Answers a second to all senders together who have proven nothing.",
                atLeast = "1",
                atMost = "10000000",
                reloadable = true)
        int responsesTotal) {}
