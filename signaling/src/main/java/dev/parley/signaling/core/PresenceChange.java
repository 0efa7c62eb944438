package dev.parley.signaling.core;

import org.jspecify.annotations.Nullable;

/**
 * A change of a member's presence.
 *
 * @param touchesName whether the name changes; {@code name} null then takes it away
 * @param touchesMetadata whether the metadata changes; {@code metadata} null then takes it away
 */
public record PresenceChange(
        boolean touchesName,
        @Nullable MemberName name,
        boolean touchesMetadata,
        @Nullable JsonText metadata) {

    Presence appliedTo(Presence before) {
        return new Presence(touchesName ? name : before.name(), touchesMetadata ? metadata : before.metadata());
    }
}
