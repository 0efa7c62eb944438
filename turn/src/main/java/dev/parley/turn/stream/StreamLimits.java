package dev.parley.turn.stream;

import java.time.Duration;

/**
 * What one connection, and all connections together, may hold.
 *
 * @param connections connections at once, of all event loops together
 * @param unauthenticatedPerAddress connections at once of one IPv4 address or IPv6 /64 that have not yet shown a
 *     credential
 * @param handshake from the accepted connection to its first plain byte: PROXY header and TLS handshake, in all
 * @param firstMessage from then to the end of the first STUN message, however slowly its bytes come
 * @param idleUnauthenticated without a whole message, before the first credential was good
 * @param idleAuthenticated without a whole message, after it, while there is no allocation
 * @param sendQueueBytes bytes that may wait for a client before relayed data to it is dropped
 * @param replyQueueBytes bytes of answers that may wait beyond that before the connection is closed
 */
public record StreamLimits(
        int connections,
        int unauthenticatedPerAddress,
        Duration handshake,
        Duration firstMessage,
        Duration idleUnauthenticated,
        Duration idleAuthenticated,
        int sendQueueBytes,
        int replyQueueBytes) {

    /** Bytes of a message, header and padding included, before a credential was good. */
    public static final int FRAME_UNAUTHENTICATED = 4096;

    /** Bytes of a message after it: a ChannelData header and the longest payload that its length can tell. */
    public static final int FRAME_AUTHENTICATED = 65_539;

    /** The numbers of the table in the operator's handbook. */
    public static final StreamLimits DEFAULT = new StreamLimits(
            10_000,
            64,
            Duration.ofSeconds(10),
            Duration.ofSeconds(10),
            Duration.ofSeconds(15),
            Duration.ofMinutes(1),
            128 << 10,
            64 << 10);

    public StreamLimits {
        if (connections < 1 || unauthenticatedPerAddress < 1 || sendQueueBytes < 1 || replyQueueBytes < 1) {
            throw new IllegalArgumentException("limits of connections are at least 1");
        }
    }
}
