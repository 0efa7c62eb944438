package dev.parley.signaling.auth;

import dev.parley.signaling.core.Allowance;
import dev.parley.signaling.core.Grant;
import dev.parley.signaling.core.Identity;
import dev.parley.signaling.core.MemberName;
import dev.parley.signaling.core.Role;
import dev.parley.signaling.core.UserId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads who somebody is from the claims of a token or the answer of the hook. Anything that is there but cannot be
 * understood makes the whole unreadable: a claim that is passed over might have been a restriction.
 */
final class IdentityReader {
    static final int MAX_GRANTS = 64;
    private static final int MAX_ALLOWANCE = 1_000_000;

    private final Map<String, ?> claims;
    private boolean unreadable;

    private IdentityReader(Map<String, ?> claims) {
        this.claims = claims;
    }

    /**
     * Null if it cannot be read.
     *
     * @param userField the claim that names the user
     */
    static @Nullable Identity find(Map<String, ?> claims, String userField, @Nullable Duration lifetime) {
        IdentityReader reader = new IdentityReader(claims);
        Identity identity =
                new Identity(reader.user(userField), reader.name(), reader.grants(), reader.allowance(), lifetime);
        return reader.unreadable ? null : identity;
    }

    /** Whether these claims name rooms at all. */
    static boolean namesRooms(Map<String, ?> claims) {
        return claims.get("rooms") != null || claims.get("room") != null;
    }

    /** The role for rooms that have none of their own; null if there is none, or it cannot be read. */
    static @Nullable Role role(Map<String, ?> claims) {
        return claims.get("role") instanceof String word ? Role.find(word) : null;
    }

    private @Nullable UserId user(String field) {
        String text = text(claims, field);
        return text == null ? null : understood(UserId.find(text));
    }

    private @Nullable MemberName name() {
        String text = text(claims, "name");
        return text == null ? null : understood(MemberName.find(text));
    }

    private List<Grant> grants() {
        List<Grant> grants = new ArrayList<>();
        Role usual = role(claims, null);
        String room = text(claims, "room");
        if (room != null) {
            add(grants, room, usual);
        }
        switch (claims.get("rooms")) {
            case null -> {}
            case List<?> rooms when rooms.size() <= MAX_GRANTS -> rooms.forEach(entry -> add(grants, entry, usual));
            default -> unreadable = true;
        }
        return grants;
    }

    private void add(List<Grant> grants, @Nullable Object entry, @Nullable Role usual) {
        Grant grant = switch (entry) {
            case String pattern -> Grant.find(pattern, usual);
            case Map<?, ?> object
            when object.get("room") instanceof String pattern -> Grant.find(pattern, role(object, usual));
            case null, default -> null;
        };
        if (understood(grant) != null) {
            grants.add(grant);
        }
    }

    private @Nullable Role role(Map<?, ?> object, @Nullable Role usual) {
        String word = text(object, "role");
        return word == null ? usual : understood(Role.find(word));
    }

    private Allowance allowance() {
        return switch (claims.get("limits")) {
            case null -> Allowance.USUAL;
            case Map<?, ?> limits -> new Allowance(count(limits, "rooms"), count(limits, "messagesPerSecond"));
            default -> {
                unreadable = true;
                yield Allowance.USUAL;
            }
        };
    }

    private int count(Map<?, ?> limits, String field) {
        return switch (limits.get(field)) {
            case null -> 0;
            case Integer number when number > 0 && number <= MAX_ALLOWANCE -> number;
            case Long number when number > 0 && number <= MAX_ALLOWANCE -> Math.toIntExact(number);
            default -> {
                unreadable = true;
                yield 0;
            }
        };
    }

    private @Nullable String text(Map<?, ?> object, String field) {
        Object value = object.get(field);
        if (value != null && !(value instanceof String)) {
            unreadable = true;
        }
        return value instanceof String text ? text : null;
    }

    private <T> @Nullable T understood(@Nullable T value) {
        unreadable |= value == null;
        return value;
    }
}
