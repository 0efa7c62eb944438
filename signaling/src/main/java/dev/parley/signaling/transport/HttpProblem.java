package dev.parley.signaling.transport;

import io.netty.handler.codec.http.HttpResponseStatus;

/** Why an HTTP request is refused: status, machine word and text. Nothing of the request is ever in the answer. */
enum HttpProblem {
    MALFORMED(400, "bad-request", "This is no request HTTP/1.1 allows."),
    LINE_TOO_LONG(414, "uri-too-long", "The request line is too long."),
    HEADERS_TOO_LARGE(431, "headers-too-large", "The headers are too many or too long."),
    VERSION(505, "version-not-supported", "Use HTTP/1.1."),
    ENCODED_BODY(415, "unsupported-media-type", "Bodies are not accepted."),
    BODY(413, "body-not-accepted", "Bodies are not accepted."),
    BODY_TOO_LARGE(413, "body-too-large", "The body, or the number of messages in it, is over the limit."),
    BAD_API_BODY(400, "bad-body", "The address or the body cannot be read; a body is a form or a JSON object."),
    NO_BODY(411, "length-required", "Send messages in the body, and its length."),
    NOT_UTF8(400, "bad-utf8", "Messages are UTF-8."),
    BAD_NUMBER(400, "bad-number", "received and Last-Event-ID are whole numbers from 0."),
    NO_SESSION(404, "no-such-session", "There is no session of this key; say resume or hello without a key."),
    HELLO_FIRST(400, "hello-expected", "Without a key the only message is hello or resume."),
    POST_ONLY(405, "method-not-allowed", "Only POST."),
    GET_ONLY(405, "method-not-allowed", "Only GET."),
    NOT_FOUND(404, "not-found", "There is nothing here."),
    METHOD(405, "method-not-allowed", "Only GET and HEAD."),
    TOKEN_IN_QUERY(400, "token-in-query", "Tokens do not belong into addresses; send it with hello."),
    NO_UPGRADE(400, "upgrade-expected", "This address takes WebSockets only, as RFC 6455 describes."),
    WEBSOCKET_VERSION(426, "websocket-version", "Only WebSocket version 13."),
    ORIGIN(403, "origin-not-allowed", "Pages of this origin may not connect."),
    TOO_MANY_CONNECTIONS(429, "too-many-connections", "There are too many connections from this address."),
    PROTOCOL(400, "unknown-subprotocol", "Offer the subprotocol parley.v1.");

    private final int status;
    private final String word;
    private final String text;

    HttpProblem(int status, String word, String text) {
        this.status = status;
        this.word = word;
        this.text = text;
    }

    HttpResponseStatus status() {
        return HttpResponseStatus.valueOf(status);
    }

    String word() {
        return word;
    }

    /** The answer's body. */
    String json() {
        return "{\"error\":\"" + word + "\",\"message\":\"" + text + "\"}";
    }
}
