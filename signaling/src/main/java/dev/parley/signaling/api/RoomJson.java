package dev.parley.signaling.api;

import dev.parley.signaling.core.Presence;
import dev.parley.signaling.core.RoomAnswer;
import dev.parley.signaling.core.RoomView;
import dev.parley.signaling.json.JsonWriting;
import tools.jackson.core.JsonGenerator;

/** A room as the API tells of it. */
final class RoomJson {
    private RoomJson() {}

    static String of(RoomAnswer.Seen room) {
        return JsonWriting.object(json -> {
            RoomView view = room.view();
            json.writeStringProperty("room", room.room().value());
            json.writeBooleanProperty("locked", view.locked());
            json.writeBooleanProperty("hasPassword", view.hasPassword());
            json.writeBooleanProperty("waitingRoom", view.waitingRoom());
            json.writeBooleanProperty("relayOnly", view.relayOnly());
            json.writeNumberProperty("maxMembers", view.maxMembers());
            JsonWriting.raw(json, "metadata", view.metadata());
            json.writeNumberProperty("emptySeconds", room.emptySeconds());
            json.writeNumberProperty("waiting", room.waiting());
            json.writeArrayPropertyStart("members");
            room.members().forEach(seat -> seat(json, seat));
            json.writeEndArray();
        });
    }

    private static void seat(JsonGenerator json, RoomAnswer.Seat seat) {
        Presence presence = seat.member().presence();
        json.writeStartObject();
        json.writeStringProperty("id", seat.member().id().value());
        json.writeStringProperty("role", seat.member().role().word());
        if (seat.user() != null) {
            json.writeStringProperty("user", seat.user().value());
        }
        if (presence.name() != null) {
            json.writeStringProperty("name", presence.name().value());
        }
        JsonWriting.raw(json, "metadata", presence.metadata());
        json.writeEndObject();
    }
}
