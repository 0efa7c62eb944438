package dev.parley.signaling.webhook;

import dev.parley.signaling.core.Departure;
import dev.parley.signaling.core.RoomName;
import dev.parley.signaling.core.SessionId;
import dev.parley.signaling.core.UserId;
import dev.parley.signaling.json.JsonWriting;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What happened in a room.
 *
 * @param id unique, the same each time it is told
 * @param at when it happened
 * @param member whom it is about; null for the room itself
 * @param user as the member's token names it; null if nobody did
 * @param reason of a member that left
 */
public record RoomEvent(
        String id,
        Kind kind,
        Instant at,
        RoomName room,
        @Nullable SessionId member,
        @Nullable UserId user,
        @Nullable Departure reason) {
    /** What it is, by the word on the wire. */
    public enum Kind {
        ROOM_STARTED("room-started"),
        ROOM_ENDED("room-ended"),
        MEMBER_JOINED("member-joined"),
        MEMBER_LEFT("member-left");

        private final String word;

        Kind(String word) {
            this.word = word;
        }

        /** The word on the wire. */
        public String word() {
            return word;
        }
    }

    /** The body of a call. */
    String json() {
        return JsonWriting.object(json -> {
            json.writeStringProperty("id", id);
            json.writeStringProperty("event", kind.word());
            json.writeStringProperty("at", at.toString());
            json.writeStringProperty("room", room.value());
            if (member != null) {
                json.writeStringProperty("member", member.value());
            }
            if (user != null) {
                json.writeStringProperty("user", user.value());
            }
            if (reason != null) {
                json.writeStringProperty("reason", reason.word());
            }
        });
    }
}
