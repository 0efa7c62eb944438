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
    /** Rooms made ahead by the API, empty or not. */
    KEPT_ROOMS("rooms.kept", 1000, 0, 1_000_000),
    /** Seconds a room made ahead may stay empty. */
    KEPT_SECONDS("rooms.kept-seconds", 86_400, 1, 31_536_000),
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

    /** Sessions that wait to be let into one room. */
    WAITING_PER_ROOM("limits.waiting-per-room", 64, 1, 10_000),
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
    /** Messages in one HTTP request. */
    POST_MESSAGES("limits.post-messages", 256, 1, 10_000),
    /** Seconds an HTTP request waits for messages, and a stream of events for something to say. */
    POLL_SECONDS("limits.poll-seconds", 25, 1, 600),
    /** Seconds for a request to arrive completely; also how long a connection may idle between requests. */
    REQUEST_SECONDS("limits.request-seconds", 10, 1, 600),

    /** Messages of one connection of a drop-in endpoint a second. */
    DROP_IN_MESSAGES_PER_SECOND("limits.drop-in-messages-per-second", 200, 1, 100_000),
    /** Messages of one connection of a drop-in endpoint at once. */
    DROP_IN_MESSAGE_BURST("limits.drop-in-message-burst", 1000, 1, 1_000_000),
    /** JSON tokens in a message to a drop-in endpoint. */
    DROP_IN_JSON_TOKENS("limits.drop-in-json-tokens", 1024, 16, 1_000_000),

    /** PeerJS ids in use at once. */
    PEERJS_PEERS("peerjs.peers", 5000, 1, 1_000_000),
    /** Seconds a message waits for a PeerJS id that nobody has. */
    PEERJS_EXPIRE_SECONDS("peerjs.expire-seconds", 5, 1, 600),
    /** Seconds without a PeerJS heartbeat after which the id is free. */
    PEERJS_ALIVE_SECONDS("peerjs.alive-seconds", 90, 6, 3600),
    /** Characters of a PeerJS id. */
    PEERJS_ID_LENGTH("peerjs.id-length", 128, 1, 1024),
    /** Messages that wait for one PeerJS id. */
    PEERJS_QUEUE_MESSAGES("peerjs.queue-messages", 256, 1, 100_000),
    /** Characters of the messages that wait for one PeerJS id, about. */
    PEERJS_QUEUE_CHARACTERS("peerjs.queue-characters", 262_144, 1024, 67_108_864),
    /** Messages of one PeerJS client that wait. */
    PEERJS_SOURCE_MESSAGES("peerjs.source-messages", 512, 1, 100_000),
    /** Characters of the messages of one PeerJS client that wait, about. */
    PEERJS_SOURCE_CHARACTERS("peerjs.source-characters", 262_144, 1024, 67_108_864),
    /** Characters of all PeerJS messages that wait, about. */
    PEERJS_WAITING_CHARACTERS("peerjs.waiting-characters", 33_554_432, 1024, 1_073_741_824),
    /** Ids a PeerJS client talked with that are told when it goes, if that is wanted. */
    PEERJS_PARTNERS("peerjs.partners", 64, 1, 10_000),

    /** Topics that exist at once. */
    TOPICS("topics.total", 10_000, 1, 1_000_000),
    /** Topics one connection is subscribed to. */
    TOPICS_PER_CONNECTION("topics.per-connection", 64, 1, 10_000),
    /** Connections subscribed to one topic. */
    TOPIC_SUBSCRIBERS("topics.subscribers", 1000, 1, 10_000),
    /** Characters of the name of a topic. */
    TOPIC_LENGTH("topics.name-length", 256, 1, 4096),

    /** Swarms of the tracker that exist at once. */
    TRACKER_SWARMS("tracker.swarms", 10_000, 1, 1_000_000),
    /** Peers of one swarm; one more frees the place of the one that was silent longest. */
    TRACKER_SWARM_PEERS("tracker.swarm-peers", 1000, 2, 100_000),
    /** Places in swarms that one connection has. */
    TRACKER_PER_CONNECTION("tracker.per-connection", 64, 1, 10_000),
    /** Seconds without an announce after which a peer is not in the swarm any more. */
    TRACKER_PEER_SECONDS("tracker.peer-seconds", 1200, 10, 86_400),
    /** Seconds after which a peer is asked to announce again. */
    TRACKER_INTERVAL_SECONDS("tracker.interval-seconds", 120, 5, 3600),
    /** Offers of one announce that are passed on. */
    TRACKER_OFFERS("tracker.offers", 82, 1, 1000),
    /** Swarms that one scrape asks about. */
    TRACKER_SCRAPE("tracker.scrape", 255, 1, 1000);

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
