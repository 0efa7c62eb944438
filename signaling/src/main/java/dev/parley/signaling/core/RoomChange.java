package dev.parley.signaling.core;

import org.jspecify.annotations.Nullable;

/**
 * What a host wants changed of a room; null fields stay as they are.
 *
 * @param password empty takes it away
 * @param maxMembers 0 takes it away
 * @param touchesMetadata whether the metadata changes; {@code metadata} null then takes it away
 */
public record RoomChange(
        @Nullable Boolean locked,
        @Nullable String password,
        @Nullable Boolean waitingRoom,
        @Nullable Boolean relayOnly,
        @Nullable Integer maxMembers,
        boolean touchesMetadata,
        @Nullable JsonText metadata) {
    /** Characters; longer passwords are refused. */
    public static final int MAX_PASSWORD_LENGTH = 256;

    @Override
    public String toString() {
        return "RoomChange[locked=" + locked + ", waitingRoom=" + waitingRoom + ", relayOnly=" + relayOnly
                + ", maxMembers=" + maxMembers + ", metadata=" + metadata + "]";
    }
}
