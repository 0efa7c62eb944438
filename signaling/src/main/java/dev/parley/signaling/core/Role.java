package dev.parley.signaling.core;

import org.jspecify.annotations.Nullable;

/** What a member may do in a room. */
public enum Role {
    /** Everything: also settle who is in the room, and as what. */
    HOST("host"),
    /** Talk to all. */
    MEMBER("member"),
    /** Hear all, and talk to one at a time, as a connection to whoever speaks needs it. */
    LISTENER("listener");

    private final String word;

    Role(String word) {
        this.word = word;
    }

    /** The word on the wire. */
    public String word() {
        return word;
    }

    /** Null if no role has this word. */
    public static @Nullable Role find(String word) {
        for (Role role : values()) {
            if (role.word.equals(word)) {
                return role;
            }
        }
        return null;
    }
}
