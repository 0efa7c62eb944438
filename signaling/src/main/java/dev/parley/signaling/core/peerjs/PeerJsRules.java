package dev.parley.signaling.core.peerjs;

import java.util.regex.Pattern;

/**
 * What the operator decides about PeerJS.
 *
 * @param key that clients have to name
 * @param anyKey admit whatever key they name, as the public PeerJS cloud does
 * @param strictIds admit only ids that the PeerJS client itself accepts
 * @param leaveOnClose tell those a client talked with that it is gone
 */
public record PeerJsRules(String key, boolean anyKey, boolean strictIds, boolean leaveOnClose) {
    public static final PeerJsRules STOCK = new PeerJsRules("peerjs", false, false, false);

    /** The client's own rule: letters and digits, in runs joined by one space, underscore or hyphen. */
    private static final Pattern STRICT_ID = Pattern.compile("[A-Za-z0-9]+(?:[ _-][A-Za-z0-9]+)*+");

    boolean admitsKey(String named) {
        return anyKey || key.equals(named);
    }

    boolean admitsId(String id) {
        return !strictIds || STRICT_ID.matcher(id).matches();
    }
}
