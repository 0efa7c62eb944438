package dev.parley.server;

import dev.parley.config.PeerJsConfig;
import dev.parley.config.ServerConfig;
import dev.parley.signaling.core.peerjs.PeerJsRules;
import dev.parley.signaling.transport.DropInSettings;

/** The drop-in endpoints that a configuration asks for. */
final class DropInWiring {
    private DropInWiring() {}

    /** The ids in use are told to strangers only where everybody is let in. */
    static DropInSettings settings(ServerConfig config) {
        PeerJsConfig peerjs = config.peerjs();
        boolean discovery = peerjs.discovery() && Door.isOpen(config.auth());
        var rules = new PeerJsRules(peerjs.key(), peerjs.anyKey(), peerjs.strictIds(), peerjs.leaveOnClose());
        return new DropInSettings(
                peerjs.enabled() ? new DropInSettings.PeerJs(peerjs.path(), rules, discovery) : null,
                config.topics().enabled(),
                config.tracker().enabled());
    }
}
