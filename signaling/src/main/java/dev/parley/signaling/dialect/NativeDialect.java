package dev.parley.signaling.dialect;

import dev.parley.signaling.auth.IceServer;
import dev.parley.signaling.core.HubLimits;
import dev.parley.signaling.core.ServerMessage;
import java.time.Duration;
import java.util.List;

/** The hub's own language, {@code parley.v1}: one JSON object a message, described in docs/protocol.md. */
public final class NativeDialect implements Dialect {
    /** The WebSocket subprotocol, and the word in the welcome. */
    public static final String PROTOCOL = "parley.v1";

    private final NativeDecoder decoder;
    private final NativeEncoder encoder;

    public NativeDialect(HubLimits limits) {
        this.decoder = new NativeDecoder(limits);
        this.encoder = new NativeEncoder(limits);
    }

    @Override
    public DecodeResult decode(String text) {
        return decoder.decode(text);
    }

    @Override
    public String encode(ServerMessage message) {
        return encoder.encode(message);
    }

    @Override
    public String encode(Welcome welcome) {
        return encoder.encode(welcome);
    }

    @Override
    public String encode(Continued continued) {
        return encoder.encode(continued);
    }

    @Override
    public String encodeAcknowledgement(long received) {
        return encoder.encodeAcknowledgement(received);
    }

    @Override
    public String numberPrefix(long number) {
        return "{\"seq\":" + number + ",";
    }

    @Override
    public String encode(List<IceServer> iceServers, Duration ttl) {
        return encoder.encode(iceServers, ttl);
    }
}
