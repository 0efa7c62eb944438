package dev.parley.turn.dtls;

import java.time.Duration;

/**
 * What strangers can make the DTLS listeners of the process hold. A source is an IPv4 address or an IPv6 /64.
 *
 * @param handshakes under way; each has a virtual thread and some 20 KiB
 * @param handshakesPerSource the same for one source
 * @param associations that are established
 * @param associationsPerSource the same for one source
 * @param deadline time from the verified ClientHello to the client's Finished
 * @param idle time without an authentic record after which an association without an allocation ends
 */
public record DtlsLimits(
        int handshakes,
        int handshakesPerSource,
        int associations,
        int associationsPerSource,
        Duration deadline,
        Duration idle) {
    /** 128 handshakes at once are hundreds a second; 16 from one address are an office behind one NAT. */
    public static final DtlsLimits DEFAULT =
            new DtlsLimits(128, 16, 32_768, 256, Duration.ofSeconds(10), Duration.ofSeconds(60));

    public DtlsLimits {
        if (handshakes < 1 || handshakesPerSource < 1 || associations < 1 || associationsPerSource < 1) {
            throw new IllegalArgumentException("a limit below 1");
        }
    }
}
