package dev.parley.signaling.dialect;

import dev.parley.signaling.core.HubLimits;
import dev.parley.signaling.core.peerjs.PeerJsAnswer;
import dev.parley.signaling.core.peerjs.PeerJsError;
import dev.parley.signaling.core.peerjs.PeerJsMessage;
import dev.parley.signaling.core.peerjs.RelayType;
import dev.parley.signaling.json.JsonWriting;
import tools.jackson.core.JsonGenerator;

/** The frames of the PeerJS server's protocol. */
public final class PeerJsDialect implements DropInDialect<PeerJsMessage, PeerJsAnswer> {
    private static final PeerJsMessage MEANINGLESS = new PeerJsMessage.Meaningless();

    private final StrictJson json;

    public PeerJsDialect(HubLimits limits) {
        this.json = StrictJson.ofDropIn(limits);
    }

    @Override
    public PeerJsMessage decode(String text) {
        return switch (json.read(text)) {
            case StrictJson.Result.Unreadable(var detail) -> MEANINGLESS;
            case StrictJson.Result.Fields(var fieldByName) -> decode(new LooseFields(fieldByName));
        };
    }

    private static PeerJsMessage decode(LooseFields fields) {
        String type = fields.string("type");
        if ("HEARTBEAT".equals(type)) {
            return new PeerJsMessage.Heartbeat();
        }
        RelayType relayed = RelayType.find(type);
        String to = fields.word("dst");
        if (relayed != null && to != null) {
            return new PeerJsMessage.Relay(relayed, to, fields.value("payload"));
        }
        return relayed == RelayType.LEAVE ? new PeerJsMessage.Deregister() : MEANINGLESS;
    }

    @Override
    public String encode(PeerJsAnswer answer) {
        return JsonWriting.object(frame -> {
            switch (answer) {
                case PeerJsAnswer.Open() -> frame.writeStringProperty("type", "OPEN");
                case PeerJsAnswer.IdTaken() -> withText(frame, "ID-TAKEN", "ID is taken");
                case PeerJsAnswer.Refusal(var error) -> withText(frame, "ERROR", error.text());
                case PeerJsAnswer.Relayed(var type, var src, var dst, var payload) -> {
                    frame.writeStringProperty("type", type.name());
                    frame.writeStringProperty("src", src);
                    frame.writeStringProperty("dst", dst);
                    JsonWriting.raw(frame, "payload", payload);
                }
            }
        });
    }

    private static void withText(JsonGenerator frame, String type, String text) {
        frame.writeStringProperty("type", type);
        frame.writeObjectPropertyStart("payload");
        frame.writeStringProperty("msg", text);
        frame.writeEndObject();
    }

    @Override
    public PeerJsAnswer denial() {
        return new PeerJsAnswer.Refusal(PeerJsError.BAD_TOKEN);
    }
}
