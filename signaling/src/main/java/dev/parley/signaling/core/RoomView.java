package dev.parley.signaling.core;

import org.jspecify.annotations.Nullable;

/**
 * A room as its members see it, beside who is in it.
 *
 * @param locked whether nobody else gets in
 * @param hasPassword whether one gets in only with a password, which is not told
 * @param waitingRoom whether newcomers wait until a host lets them in
 * @param relayOnly whether everything between its members is relayed, and nobody learns anybody's address
 * @param maxMembers how many may be in it at once; 0 if only the hub's limit counts
 * @param metadata whatever the hosts want to tell of it
 */
public record RoomView(
        boolean locked,
        boolean hasPassword,
        boolean waitingRoom,
        boolean relayOnly,
        int maxMembers,
        @Nullable JsonText metadata) {
    public static final RoomView OPEN = new RoomView(false, false, false, false, 0, null);

    int characters() {
        return metadata == null ? 0 : metadata.text().length();
    }
}
