package dev.parley.signaling.auth;

import dev.parley.ice.address.IpAddress;
import dev.parley.signaling.core.RoomName;
import org.jspecify.annotations.Nullable;

/**
 * Somebody at the door.
 *
 * @param token null if it shows none
 * @param room where it says it wants to go, before it has asked to join; null if it does not say
 * @param remote where it comes from
 * @param origin of the page it came from; null if it is no page
 */
public record Applicant(
        @Nullable BearerToken token,
        @Nullable RoomName room,
        IpAddress remote,
        @Nullable String origin) {}
