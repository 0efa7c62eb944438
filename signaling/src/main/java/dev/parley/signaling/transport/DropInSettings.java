package dev.parley.signaling.transport;

import dev.parley.signaling.core.peerjs.PeerJsRules;
import org.jspecify.annotations.Nullable;

/**
 * Which drop-in endpoints are served, and how.
 *
 * @param peerjs null: not at all
 */
public record DropInSettings(@Nullable PeerJs peerjs, boolean topics, boolean tracker) {
    public static final DropInSettings NONE = new DropInSettings(null, false, false);

    /** All of them, as the stock servers are. */
    public static final DropInSettings ALL =
            new DropInSettings(new PeerJs("/peerjs", PeerJsRules.STOCK, false), true, true);

    /**
     * How the PeerJS server is served.
     *
     * @param path where; begins with a slash and does not end with one, or is empty
     * @param discovery whether everybody may ask for the ids in use
     */
    public record PeerJs(String path, PeerJsRules rules, boolean discovery) {}
}
