package dev.parley.signaling.core;

/**
 * Everything of the signaling side that a stranger could make grow, each with its configuration key, default and range.
 * Limits the core does not need itself are here too, so that there is one list.
 */
public enum HubLimit {
    /** Rooms that exist at once. */
    ROOMS("rooms.total", 10_000, 1, 1_000_000),
    /** Members of one room. */
    ROOM_MEMBERS("rooms.members", 1000, 1, 10_000),
    /** Bytes of all names and metadata of one room, 64 more for each member; bounds the answer to a join. */
    ROOM_ROSTER_BYTES("rooms.roster-bytes", 262_144, 1024, 16_777_216),
    /** Values that one room keeps under names. */
    ROOM_KEYS("rooms.keys", 64, 1, 10_000),
    /** Bytes of all names and values that one room keeps. */
    ROOM_KEY_BYTES("rooms.key-bytes", 65_536, 1024, 16_777_216),
    /** Addresses banned from one room; a further one makes the oldest free again. */
    ROOM_BANS("rooms.bans", 256, 1, 100_000),
    /** Rooms one session is in at once. */
    ROOMS_PER_SESSION("rooms.per-session", 16, 1, 1000),
    /** Seconds a session may be in no room. */
    JOIN_SECONDS("rooms.join-seconds", 10, 1, 3600),

    /** Seconds a session whose connection was lost can be continued. */
    RESUME_SECONDS("sessions.resume-seconds", 30, 0, 3600),
    /** Messages kept for a session until it confirms them. */
    RESUME_MESSAGES("sessions.resume-messages", 256, 4, 100_000),
    /** Characters of the messages kept for a session, about. */
    RESUME_CHARACTERS("sessions.resume-characters", 262_144, 65_536, 67_108_864),
    /** Seconds for a connection to say hello. */
    HELLO_SECONDS("sessions.hello-seconds", 5, 1, 600),

    /** Sessions that exist at once. */
    SESSIONS("limits.sessions", 10_000, 1, 1_000_000),
    /** Sessions of one IPv4 address or IPv6 /64. */
    SESSIONS_PER_ADDRESS("limits.sessions-per-address", 128, 1, 1_000_000),
    /** TCP connections to the HTTP port at once, WebSockets included. */
    CONNECTIONS("limits.connections", 12_000, 1, 1_000_000),
    /** TCP connections of one IPv4 address or IPv6 /64. */
    CONNECTIONS_PER_ADDRESS("limits.connections-per-address", 192, 1, 1_000_000),

    /** Unicode code points in a room or member name. */
    NAME_LENGTH("limits.name-length", 128, 1, 1024),
    /** Bytes of a member's metadata. */
    METADATA_BYTES("limits.metadata-bytes", 4096, 2, 65_536),
    /** Bytes of a message and of a frame. */
    MESSAGE_BYTES("limits.message-bytes", 65_536, 1024, 1_048_576),
    /** Frames that make up one message. */
    MESSAGE_FRAMES("limits.message-frames", 64, 1, 4096),
    /** Nesting of the JSON of a message. */
    JSON_DEPTH("limits.json-depth", 16, 2, 256),
    /** JSON tokens in a message, its data and metadata included. */
    JSON_TOKENS("limits.json-tokens", 256, 16, 1_000_000),

    /** Messages of one session a second. */
    MESSAGES_PER_SECOND("limits.messages-per-second", 50, 1, 100_000),
    /** Messages of one session at once. */
    MESSAGE_BURST("limits.message-burst", 200, 1, 1_000_000),
    /** Deliveries one session causes a second; a message to ten members is ten, each started 4 KiB counts. */
    DELIVERIES_PER_SECOND("limits.deliveries-per-second", 5000, 1, 10_000_000),
    /** Deliveries one session causes at once. */
    DELIVERY_BURST("limits.delivery-burst", 20_000, 1, 10_000_000),
    /** Joins of one session a second. */
    JOINS_PER_SECOND("limits.joins-per-second", 1, 1, 100_000),
    /** Joins of one session at once. */
    JOIN_BURST("limits.join-burst", 20, 1, 1_000_000),
    /** Refusals for rate a second, before a session is closed. */
    WARNINGS_PER_SECOND("limits.warnings-per-second", 1, 1, 1000),
    /** Refusals for rate at once, before a session is closed. */
    WARNING_BURST("limits.warning-burst", 64, 1, 100_000),

    /** Seconds of silence after which the server pings. */
    HEARTBEAT_SECONDS("limits.heartbeat-seconds", 25, 1, 3600),
    /** Seconds of silence after which a session is lost. */
    SILENCE_SECONDS("limits.silence-seconds", 60, 2, 7200),
    /** Bytes waiting for one client to read. */
    OUTBOUND_BYTES("limits.outbound-bytes", 262_144, 65_536, 67_108_864),
    /** Messages waiting for one client to read. */
    OUTBOUND_MESSAGES("limits.outbound-messages", 256, 16, 100_000),
    /** Seconds something may wait for a client to read. */
    WRITE_SECONDS("limits.write-seconds", 10, 1, 600),
    /** Seconds for a request to arrive completely; also how long a connection may idle between requests. */
    REQUEST_SECONDS("limits.request-seconds", 10, 1, 600);

    private final String key;
    private final int defaultValue;
    private final int min;
    private final int max;

    HubLimit(String key, int defaultValue, int min, int max) {
        this.key = key;
        this.defaultValue = defaultValue;
        this.min = min;
        this.max = max;
    }

    /** The configuration key. */
    public String key() {
        return key;
    }

    public int defaultValue() {
        return defaultValue;
    }

    /** The least that may be configured. */
    public int min() {
        return min;
    }

    /** The most that may be configured. */
    public int max() {
        return max;
    }
}
