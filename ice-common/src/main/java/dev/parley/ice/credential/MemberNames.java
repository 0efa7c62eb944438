package dev.parley.ice.credential;

/**
 * Names of room members inside TURN usernames. The hub alone mints names with this prefix; any other name was issued
 * elsewhere with the shared secret and belongs to no room.
 */
public final class MemberNames {
    public static final String PREFIX = "member:";

    private MemberNames() {}

    /** The name of the member with this public id. */
    public static String of(String publicId) {
        return PREFIX + publicId;
    }

    public static boolean isMember(String name) {
        return name.startsWith(PREFIX);
    }

    /**
     * The public id inside the name.
     *
     * @throws IllegalArgumentException if the name is no member's
     */
    public static String requirePublicId(String name) {
        if (!isMember(name)) {
            throw new IllegalArgumentException("not a member's name: " + name);
        }
        return name.substring(PREFIX.length());
    }
}
