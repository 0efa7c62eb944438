package dev.parley.server;

import dev.parley.ice.credential.MintedCredential;
import java.time.Duration;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The JSON object that credential consumers take: the flat fields of draft-uberti-behave-turn-rest-00, and the list
 * that a browser's RTCPeerConnection takes as it is.
 */
public final class CredentialObject {
    private static final JsonMapper MAPPER = JsonMapper.shared();

    private CredentialObject() {}

    /** The object on one line. */
    public static String json(MintedCredential credential, Duration ttl, IceUris uris) {
        ObjectNode object = MAPPER.createObjectNode();
        object.put("username", credential.username());
        object.put("password", credential.password());
        object.put("ttl", ttl.toSeconds());
        uris.all().forEach(object.putArray("uris")::add);
        ArrayNode servers = object.putArray("iceServers");
        ObjectNode stun = servers.addObject();
        uris.stun().forEach(stun.putArray("urls")::add);
        ObjectNode turn = servers.addObject();
        uris.turn().forEach(turn.putArray("urls")::add);
        turn.put("username", credential.username());
        turn.put("credential", credential.password());
        return MAPPER.writeValueAsString(object);
    }
}
