package dev.parley.turn.loop;

import dev.parley.turn.core.ClientTransport;
import dev.parley.turn.core.Traffic;
import java.time.Duration;

/**
 * What one allocation has relayed, over all its relayed addresses; of one that lives, up to now.
 *
 * @param name the user, as the credentials name them
 * @param transport between the client and this server
 * @param age since the client was told of it
 * @param packetsUp datagrams, or for a TCP allocation pieces as they were read
 * @param peers addresses and ports that packets went to or came from
 */
public record Usage(
        String name,
        ClientTransport transport,
        Duration age,
        long bytesUp,
        long bytesDown,
        long packetsUp,
        long packetsDown,
        long peers) {
    static Usage of(String name, ClientTransport transport, Traffic traffic, long ageNanos) {
        return new Usage(
                name,
                transport,
                Duration.ofNanos(ageNanos),
                traffic.bytesUp(),
                traffic.bytesDown(),
                traffic.packetsUp(),
                traffic.packetsDown(),
                traffic.peers());
    }

    /** Both directions. */
    public long bytes() {
        return bytesUp + bytesDown;
    }
}
