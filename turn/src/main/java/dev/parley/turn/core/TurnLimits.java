package dev.parley.turn.core;

import dev.parley.ice.stun.ChannelNumbers;
import java.time.Duration;

/**
 * What one client can make one event loop hold or do; everything a stranger can grow is here.
 *
 * @param maxLifetime largest time-to-expiry of an allocation; default 3600 s, at least 600 s; RFC 8656 section 7.2
 * @param maxExpiredAge how old an allocation may grow whose credential has expired and was issued elsewhere (members
 *     of rooms are asked for instead); default 24 h
 * @param permissions per allocation; default 256
 * @param channels per allocation; default 128
 * @param peers distinct peer endpoints (address and port) per allocation, channels included; default 256
 * @param newPeersPerSecond new peer endpoints a client may send to, per allocation, with a burst of eight times that;
 *     default 20
 * @param icmpPerSecond ICMP errors a client is told of, per allocation, with a burst of as many; default 10
 * @param relayAttempts ports tried for one Allocate before 508; default 8
 * @param channelNumbers what channels may be called; default RFC 8656
 */
public record TurnLimits(
        Duration maxLifetime,
        Duration maxExpiredAge,
        int permissions,
        int channels,
        int peers,
        int newPeersPerSecond,
        int icmpPerSecond,
        int relayAttempts,
        ChannelNumbers channelNumbers) {

    public static final TurnLimits DEFAULT = new TurnLimits(
            Lifetimes.ALLOCATION_MAX, Duration.ofHours(24), 256, 128, 256, 20, 10, 8, ChannelNumbers.RFC_8656);

    public TurnLimits {
        if (maxLifetime.compareTo(Lifetimes.ALLOCATION_DEFAULT) < 0) {
            throw new IllegalArgumentException("the longest lifetime must be at least 600 s, not " + maxLifetime);
        }
        requirePositive("permissions", permissions);
        requirePositive("channels", channels);
        requirePositive("peers", peers);
        requirePositive("newPeersPerSecond", newPeersPerSecond);
        requirePositive("icmpPerSecond", icmpPerSecond);
        requirePositive("relayAttempts", relayAttempts);
    }

    private static void requirePositive(String name, int value) {
        if (value < 1) {
            throw new IllegalArgumentException(name + " must be at least 1, not " + value);
        }
    }
}
