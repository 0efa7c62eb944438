package dev.parley.signaling.dialect;

import dev.parley.signaling.auth.IceServer;
import dev.parley.signaling.core.ServerMessage;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One language clients speak. Stateless: one instance serves all connections and threads. */
public interface Dialect {

    /** Understands one text message of a client; never throws. The text is not longer than the message cap. */
    DecodeResult decode(String text);

    /** The text of a message of the hub. */
    String encode(ServerMessage message);

    /** The text every session gets first. */
    String encode(Welcome welcome);

    /** The text a session gets first over every further connection. */
    String encode(Continued continued);

    /** The text that says how many of the client's numbered messages were carried out. */
    String encodeAcknowledgement(long received);

    /**
     * What replaces the first character of the text of a message that has this number; null if this language has no
     * numbers.
     */
    @Nullable
    String numberPrefix(long number);

    /** The text that brings fresh credentials. */
    String encode(List<IceServer> iceServers, Duration ttl);
}
