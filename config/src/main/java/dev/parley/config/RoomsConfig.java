package dev.parley.config;

/** Limits on rooms and membership. */
public record RoomsConfig(
        @Setting(value = "Rooms that exist at once.", atLeast = "1", atMost = "1000000")
        int total,

        @Setting(value = "Members of one room.", atLeast = "1", atMost = "10000")
        int members,

        @Setting(
                value = "Bytes of all names and metadata of one room, and 64 more for each member; "
                        + "bounds the answer to a join.",
                atLeast = "1024",
                atMost = "16777216")
        int rosterBytes,

        @Setting(value = "Values that one room keeps under names.", atLeast = "1", atMost = "10000")
        int keys,

        @Setting(value = "Bytes of all names and values that one room keeps.", atLeast = "1024", atMost = "16777216")
        int keyBytes,

        @Setting(
                value = "Addresses banned from one room; a further ban frees the oldest.",
                atLeast = "1",
                atMost = "100000")
        int bans,

        @Setting(value = "Rooms that one session is in at once.", atLeast = "1", atMost = "1000")
        int perSession,

        @Setting(
                value = "Rooms made ahead by the API, empty or not; they count among rooms.total too.",
                atLeast = "0",
                atMost = "1000000")
        int kept,

        @Setting(value = "Seconds that a room made ahead may stay empty.", atLeast = "1", atMost = "31536000")
        int keptSeconds,

        @Setting(value = "Seconds that a session may be in no room.", atLeast = "1", atMost = "3600")
        int joinSeconds) {}
