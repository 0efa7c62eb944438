package dev.parley.signaling.api;

import java.util.List;
import java.util.stream.Stream;

/** The ICE servers as Link headers, one for each URL (RFC 9725 section 4.6). */
final class LinkHeaders {
    private LinkHeaders() {}

    static List<String> of(IceCredential credential) {
        List<String> stun = credential.stunUris().stream()
                .map(uri -> "<" + uri + ">; rel=\"ice-server\"")
                .toList();
        List<String> turn = credential.turnUris().stream()
                .map(uri -> "<" + uri + ">; rel=\"ice-server\"; username=\"" + credential.username()
                        + "\"; credential=\"" + credential.password() + "\"; credential-type=\"password\"")
                .toList();
        return Stream.concat(stun.stream(), turn.stream()).toList();
    }
}
