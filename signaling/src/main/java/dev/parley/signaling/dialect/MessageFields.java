package dev.parley.signaling.dialect;

import dev.parley.signaling.auth.BearerToken;
import dev.parley.signaling.core.JsonText;
import dev.parley.signaling.core.MemberName;
import dev.parley.signaling.core.Ref;
import dev.parley.signaling.core.ResumeKey;
import dev.parley.signaling.core.Role;
import dev.parley.signaling.core.RoomChange;
import dev.parley.signaling.core.RoomName;
import dev.parley.signaling.core.SessionId;
import dev.parley.signaling.core.Stamp;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The fields of one message, read by meaning. A field that is missing or wrong is returned as null and remembered: the
 * first such problem is the answer.
 */
final class MessageFields {
    private static final String NAME_RULE =
            "a string of visible characters and inner spaces, without control or format characters";

    /** Up to 2^53, which every JSON reader keeps exact, and a little more. */
    private static final Pattern COUNT = Pattern.compile("0|[1-9][0-9]{0,15}");

    private static final Pattern MEMBERS = Pattern.compile("[1-9][0-9]{0,5}");
    private static final Set<String> TRUTH = Set.of("true", "false");

    private final Map<String, JsonField> fieldByName;
    private @Nullable String problem;

    MessageFields(Map<String, JsonField> fieldByName) {
        this.fieldByName = fieldByName;
    }

    /** What is wrong with the first wrong field, or null. */
    @Nullable
    String problem() {
        return problem;
    }

    boolean has(String name) {
        return fieldByName.containsKey(name);
    }

    boolean isNull(String name) {
        JsonField field = fieldByName.get(name);
        return field != null && field.kind() == JsonField.Kind.NULL;
    }

    @Nullable
    String type() {
        return require("type", string("type"), "a string");
    }

    /**
     * Where somebody says he is going; null without a problem if it is absent, or a text but no name: joining
     * tells.
     */
    @Nullable
    RoomName destination() {
        String text = optional("room", string("room"), NAME_RULE);
        return text == null ? null : RoomName.find(text);
    }

    /** Null without a problem if it is absent. */
    @Nullable
    BearerToken token() {
        String text = string("token");
        return optional("token", text == null ? null : new BearerToken(text), "a string");
    }

    @Nullable
    BearerToken requireToken() {
        String text = string("token");
        return require("token", text == null ? null : new BearerToken(text), "a string");
    }

    @Nullable
    RoomName room() {
        String text = string("room");
        return require("room", text == null ? null : RoomName.find(text), NAME_RULE);
    }

    @Nullable
    JsonText data() {
        JsonField field = fieldByName.get("data");
        return require("data", field == null ? null : new JsonText(field.text()), "any JSON value");
    }

    /** Null without a problem if it is absent. */
    @Nullable
    SessionId to() {
        return optional("to", sessionId("to"), "the id of a member");
    }

    private @Nullable SessionId sessionId(String name) {
        String text = string(name);
        boolean fits = text != null && !text.isEmpty() && text.length() <= SessionId.MAX_LENGTH;
        return text == null || !fits ? null : new SessionId(text);
    }

    /** Null without a problem if it is absent. */
    @Nullable
    Ref ref() {
        String text = string("ref");
        boolean fits = text != null && !text.isEmpty() && text.length() <= Ref.MAX_LENGTH;
        return optional(
                "ref",
                text == null || !fits ? null : new Ref(text),
                "a string of 1 to " + Ref.MAX_LENGTH + " characters");
    }

    /** Null without a problem if it is absent. */
    @Nullable
    MemberName memberName() {
        String text = string("name");
        return optional("name", text == null ? null : MemberName.find(text), NAME_RULE);
    }

    /** Null without a problem if it is absent. */
    @Nullable
    JsonText metadata() {
        JsonField field = fieldByName.get("metadata");
        boolean object = field != null && field.kind() == JsonField.Kind.OBJECT;
        return optional("metadata", field == null || !object ? null : new JsonText(field.text()), "a JSON object");
    }

    @Nullable
    ResumeKey resumeKey() {
        String text = string("token");
        return require("token", text == null ? null : ResumeKey.find(text), "the resumeToken you were given");
    }

    /** Any string; null without a problem if there is none. */
    @Nullable
    String text(String name) {
        return string(name);
    }

    /** The numbers that any message may carry. */
    Stamp stamp() {
        return new Stamp(count("seq"), count("ack"));
    }

    /** A number from 0; 0 if it is absent. */
    long count(String name) {
        JsonField field = fieldByName.get(name);
        if (field == null) {
            return 0;
        }
        boolean counts = field.kind() == JsonField.Kind.OTHER
                && COUNT.matcher(field.text()).matches();
        Long count = require(name, counts ? Long.valueOf(field.text()) : null, "a whole number from 0");
        return count == null ? 0 : count;
    }

    /** The member that the message is about. */
    @Nullable
    SessionId member() {
        return require("id", sessionId("id"), "the id of a member");
    }

    @Nullable
    Role role(String name) {
        String text = string(name);
        return require(name, text == null ? null : Role.find(text), "host, member or listener");
    }

    /** The name of a value of the room. */
    @Nullable
    MemberName key() {
        String text = string("key");
        return require("key", text == null ? null : MemberName.find(text), NAME_RULE);
    }

    /** What a room keeps under a name; null for the value null, which takes it away. */
    @Nullable
    JsonText value() {
        JsonField field = fieldByName.get("value");
        JsonText value = require("value", field == null ? null : new JsonText(field.text()), "any JSON value");
        return isNull("value") ? null : value;
    }

    void forbidBoth(String first, String second) {
        if (has(first) && has(second) && problem == null) {
            problem = first + " must be absent when " + second + " is there";
        }
    }

    /** Null without a problem if it is absent. */
    @Nullable
    String password() {
        String text = string("password");
        boolean fits = text != null && !text.isEmpty() && text.length() <= RoomChange.MAX_PASSWORD_LENGTH;
        return optional(
                "password", fits ? text : null, "a string of 1 to " + RoomChange.MAX_PASSWORD_LENGTH + " characters");
    }

    /** Null without a problem if it is absent. */
    @Nullable
    Boolean truth(String name) {
        JsonField field = fieldByName.get(name);
        String text = field == null ? "" : field.text();
        return optional(name, TRUTH.contains(text) ? Boolean.valueOf(text) : null, "true or false");
    }

    /** Null without a problem if it is absent. */
    @Nullable
    Integer maxMembers() {
        JsonField field = fieldByName.get("maxMembers");
        boolean counts = field != null && MEMBERS.matcher(field.text()).matches();
        return optional(
                "maxMembers",
                field == null || !counts ? null : Integer.valueOf(field.text()),
                "a whole number from 1 to 999999");
    }

    void requireOneOf(String... names) {
        if (problem == null && Arrays.stream(names).noneMatch(this::has)) {
            problem = String.join(" or ", names) + " is missing";
        }
    }

    private @Nullable String string(String name) {
        JsonField field = fieldByName.get(name);
        return field == null ? null : field.string();
    }

    private <T> @Nullable T optional(String name, @Nullable T value, String rule) {
        return has(name) ? require(name, value, rule) : null;
    }

    private <T> @Nullable T require(String name, @Nullable T value, String rule) {
        if (value == null && problem == null) {
            problem = name + (has(name) ? " must be " : " is missing; it must be ") + rule;
        }
        return value;
    }
}
