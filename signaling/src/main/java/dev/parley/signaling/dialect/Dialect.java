package dev.parley.signaling.dialect;

import dev.parley.signaling.auth.IceServer;
import dev.parley.signaling.core.ServerMessage;
import java.time.Duration;
import java.util.List;

/** One language clients speak. Stateless: one instance serves all connections and threads. */
public interface Dialect {

    /** Understands one text message of a client; never throws. The text is not longer than the message cap. */
    DecodeResult decode(String text);

    /** The text of a message of the hub. */
    String encode(ServerMessage message);

    /** The text every session gets first. */
    String encode(Welcome welcome);

    /** The text that brings fresh credentials. */
    String encode(List<IceServer> iceServers, Duration ttl);
}
