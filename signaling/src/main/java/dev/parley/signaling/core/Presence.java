package dev.parley.signaling.core;

import org.jspecify.annotations.Nullable;

/** What a member shows of itself to the others in a room. */
public record Presence(@Nullable MemberName name, @Nullable JsonText metadata) {
    public static final Presence EMPTY = new Presence(null, null);

    /**
     * What one member costs in a room's list beside its name and metadata, in bytes; for
     * {@link HubLimit#ROOM_ROSTER_BYTES}.
     */
    public static final int ENTRY_BYTES = 64;

    /** What this presence takes of {@link HubLimit#ROOM_ROSTER_BYTES}. */
    int rosterBytes() {
        int nameBytes = name == null ? 0 : Utf8.length(name.value());
        return ENTRY_BYTES + nameBytes + metadataBytes();
    }

    /** What is too long in it, or null. */
    @Nullable
    Refusal findRefusal(HubLimits limits) {
        if (name != null && name.length() > limits.of(HubLimit.NAME_LENGTH)) {
            return Refusal.NAME_TOO_LONG;
        }
        return metadataBytes() > limits.of(HubLimit.METADATA_BYTES) ? Refusal.METADATA_TOO_LARGE : null;
    }

    int metadataBytes() {
        return metadata == null ? 0 : metadata.utf8Bytes();
    }
}
