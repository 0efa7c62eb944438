package dev.parley.signaling.api;

import dev.parley.signaling.core.JsonText;
import dev.parley.signaling.core.Presence;
import dev.parley.signaling.core.RoomAnswer;
import dev.parley.signaling.core.RoomView;
import java.io.StringWriter;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/** A room as the API tells of it. */
final class RoomJson {
    private static final JsonFactory JSON = new JsonFactory();

    private RoomJson() {}

    static String of(RoomAnswer.Seen room) {
        StringWriter text = new StringWriter(256);
        try (JsonGenerator json = JSON.createGenerator(ObjectWriteContext.empty(), text)) {
            RoomView view = room.view();
            json.writeStartObject();
            json.writeStringProperty("room", room.room().value());
            json.writeBooleanProperty("locked", view.locked());
            json.writeBooleanProperty("hasPassword", view.hasPassword());
            json.writeBooleanProperty("waitingRoom", view.waitingRoom());
            json.writeNumberProperty("maxMembers", view.maxMembers());
            metadata(json, view.metadata());
            json.writeNumberProperty("emptySeconds", room.emptySeconds());
            json.writeNumberProperty("waiting", room.waiting());
            json.writeArrayPropertyStart("members");
            room.members().forEach(seat -> seat(json, seat));
            json.writeEndArray();
            json.writeEndObject();
        }
        return text.toString();
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
        metadata(json, presence.metadata());
        json.writeEndObject();
    }

    private static void metadata(JsonGenerator json, @Nullable JsonText metadata) {
        if (metadata != null) {
            json.writeName("metadata");
            json.writeRawValue(metadata.text());
        }
    }
}
