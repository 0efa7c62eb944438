package dev.parley.signaling.api;

import dev.parley.signaling.auth.IceServer;
import dev.parley.signaling.json.JsonWriting;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;

/** The shapes in which apps expect credentials. All say the same; each has the fields that its apps look for. */
public enum CredentialShape {
    /**
     * Our own: the flat fields of draft-uberti-behave-turn-rest-00 beside {@code iceServers} as the W3C defines
     * them, so
     * that consumers of either, of Matrix' {@code voip/turnServer} and of Janus find theirs.
     */
    PARLEY(200),
    /** Cloudflare's {@code generate-ice-servers}: {@code {iceServers}}, with 201. */
    CLOUDFLARE(201),
    /** Metered's: the bare array of servers, each with one URL. */
    METERED(200),
    /** Twilio's token: {@code ice_servers}, the lifetime as a string, with 201. */
    TWILIO(201),
    /** The Matrix client-server API. */
    MATRIX(200),
    /** Nothing but the Link headers that every answer has, as WHIP and WHEP servers pass them on. */
    LINK(204),
    /** Metered's new credential, from which apps make their own list of servers. */
    METERED_NEW(200);

    /** RFC 2822, as Twilio writes dates. */
    private static final DateTimeFormatter DATE = DateTimeFormatter.ofPattern("EEE, dd MMM yyyy HH:mm:ss Z", Locale.US)
            .withZone(ZoneOffset.UTC);

    private final int status;

    /** What was asked for, and by whom. */
    private record Asked(IceCredential credential, String keyId) {}

    CredentialShape(int status) {
        this.status = status;
    }

    /** By the word of the parameter {@code format}; null if there is none such. */
    static @Nullable CredentialShape find(String format) {
        for (CredentialShape shape : values()) {
            if (shape.word().equals(format)) {
                return shape;
            }
        }
        return null;
    }

    /** The word in requests and metrics. */
    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** Of the answer. */
    int status() {
        return status;
    }

    /** The answer's body. */
    String body(IceCredential credential, String keyId) {
        return JsonWriting.text(json -> write(json, new Asked(credential, keyId)));
    }

    private void write(JsonGenerator json, Asked asked) {
        switch (this) {
            case PARLEY -> parley(json, asked);
            case CLOUDFLARE -> cloudflare(json, asked);
            case METERED -> metered(json, asked);
            case METERED_NEW -> meteredNew(json, asked);
            case TWILIO -> twilio(json, asked);
            case MATRIX -> matrix(json, asked);
            case LINK -> {}
        }
    }

    private static void parley(JsonGenerator json, Asked asked) {
        json.writeStartObject();
        flat(json, asked.credential());
        iceServers(json, asked.credential().iceServers());
        json.writeEndObject();
    }

    private static void cloudflare(JsonGenerator json, Asked asked) {
        json.writeStartObject();
        iceServers(json, asked.credential().iceServers());
        json.writeEndObject();
    }

    private static void metered(JsonGenerator json, Asked asked) {
        json.writeStartArray();
        for (IceServer server : asked.credential().iceServers()) {
            for (String url : server.urls()) {
                server(json, new IceServer(List.of(url), server.username(), server.credential()), Urls.ONE);
            }
        }
        json.writeEndArray();
    }

    private static void twilio(JsonGenerator json, Asked asked) {
        IceCredential credential = asked.credential();
        String date = DATE.format(credential.issued());
        json.writeStartObject();
        json.writeStringProperty("account_sid", asked.keyId());
        json.writeStringProperty("date_created", date);
        json.writeStringProperty("date_updated", date);
        json.writeStringProperty("ttl", Long.toString(credential.ttl().toSeconds()));
        json.writeStringProperty("username", credential.username());
        json.writeStringProperty("password", credential.password());
        json.writeArrayPropertyStart("ice_servers");
        for (IceServer server : credential.iceServers()) {
            for (String url : server.urls()) {
                server(json, new IceServer(List.of(url), server.username(), server.credential()), Urls.BOTH);
            }
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    private static void meteredNew(JsonGenerator json, Asked asked) {
        json.writeStartObject();
        json.writeStringProperty("username", asked.credential().username());
        json.writeStringProperty("password", asked.credential().password());
        json.writeNumberProperty("expiryInSeconds", asked.credential().ttl().toSeconds());
        json.writeEndObject();
    }

    private static void matrix(JsonGenerator json, Asked asked) {
        json.writeStartObject();
        flat(json, asked.credential());
        json.writeEndObject();
    }

    /** The fields of draft-uberti-behave-turn-rest-00. */
    private static void flat(JsonGenerator json, IceCredential credential) {
        json.writeStringProperty("username", credential.username());
        json.writeStringProperty("password", credential.password());
        json.writeNumberProperty("ttl", credential.ttl().toSeconds());
        json.writeArrayPropertyStart("uris");
        credential.turnUris().forEach(json::writeString);
        json.writeEndArray();
    }

    /** Under which names a server's addresses stand. */
    private enum Urls {
        /** {@code urls}, an array. */
        ARRAY,
        /** {@code urls}, one string. */
        ONE,
        /** {@code url} and {@code urls}, one string each. */
        BOTH
    }

    private static void iceServers(JsonGenerator json, List<IceServer> servers) {
        json.writeArrayPropertyStart("iceServers");
        servers.forEach(server -> server(json, server, Urls.ARRAY));
        json.writeEndArray();
    }

    private static void server(JsonGenerator json, IceServer server, Urls urls) {
        json.writeStartObject();
        if (urls == Urls.ARRAY) {
            json.writeArrayPropertyStart("urls");
            server.urls().forEach(json::writeString);
            json.writeEndArray();
        } else {
            json.writeStringProperty("urls", server.urls().getFirst());
        }
        if (urls == Urls.BOTH) {
            json.writeStringProperty("url", server.urls().getFirst());
        }
        if (server.username() != null) {
            json.writeStringProperty("username", server.username());
        }
        if (server.credential() != null) {
            json.writeStringProperty("credential", server.credential());
        }
        json.writeEndObject();
    }
}
