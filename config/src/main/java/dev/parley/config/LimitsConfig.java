package dev.parley.config;

/** Limits on what one client, and all clients together, can make the hub do and hold. */
public record LimitsConfig(
        @Setting(value = "WebSocket sessions at once.", atLeast = "1", atMost = "1000000")
        int sessions,

        @Setting(value = "Sessions of one IPv4 address or IPv6 /64.", atLeast = "1", atMost = "1000000")
        int sessionsPerAddress,

        @Setting(
                value = "TCP connections to the HTTP port at once, WebSockets included.",
                atLeast = "1",
                atMost = "1000000")
        int connections,

        @Setting(value = "TCP connections of one IPv4 address or IPv6 /64.", atLeast = "1", atMost = "1000000")
        int connectionsPerAddress,

        @Setting(value = "Sessions that wait to be let into one room.", atLeast = "1", atMost = "10000")
        int waitingPerRoom,

        @Setting(value = "Unicode characters in a room or member name.", atLeast = "1", atMost = "1024")
        int nameLength,

        @Setting(value = "Bytes of a member's metadata.", atLeast = "2", atMost = "65536")
        int metadataBytes,

        @Setting(value = "Bytes of one message, and of one frame.", atLeast = "1024", atMost = "1048576")
        int messageBytes,

        @Setting(value = "Frames that one message may come in.", atLeast = "1", atMost = "4096")
        int messageFrames,

        @Setting(value = "Nesting of the JSON of a message.", atLeast = "2", atMost = "256")
        int jsonDepth,

        @Setting(
                value = "JSON tokens in a message, its data and metadata included.",
                atLeast = "16",
                atMost = "1000000")
        int jsonTokens,

        @Setting(value = "Messages of one session a second.", atLeast = "1", atMost = "100000")
        int messagesPerSecond,

        @Setting(value = "Messages of one session at once.", atLeast = "1", atMost = "1000000")
        int messageBurst,

        @Setting(
                value = "Deliveries that one session causes a second; a message to ten members is ten, "
                        + "each started 4 KiB counts.",
                atLeast = "1",
                atMost = "10000000")
        int deliveriesPerSecond,

        @Setting(value = "Deliveries that one session causes at once.", atLeast = "1", atMost = "10000000")
        int deliveryBurst,

        @Setting(value = "Joins of one session a second.", atLeast = "1", atMost = "100000")
        int joinsPerSecond,

        @Setting(value = "Joins of one session at once.", atLeast = "1", atMost = "1000000")
        int joinBurst,

        @Setting(value = "Refusals for rate a second before a session is closed.", atLeast = "1", atMost = "1000")
        int warningsPerSecond,

        @Setting(value = "Refusals for rate at once before a session is closed.", atLeast = "1", atMost = "100000")
        int warningBurst,

        @Setting(value = "Seconds of silence after which the server pings.", atLeast = "1", atMost = "3600")
        int heartbeatSeconds,

        @Setting(value = "Seconds of silence after which a session is lost.", atLeast = "2", atMost = "7200")
        int silenceSeconds,

        @Setting(value = "Bytes that wait for one client to read.", atLeast = "65536", atMost = "67108864")
        int outboundBytes,

        @Setting(value = "Messages that wait for one client to read.", atLeast = "16", atMost = "100000")
        int outboundMessages,

        @Setting(value = "Seconds that something may wait for a client to read it.", atLeast = "1", atMost = "600")
        int writeSeconds,

        @Setting(value = "Messages in one HTTP request.", atLeast = "1", atMost = "10000")
        int postMessages,

        @Setting(
                value = "Seconds that an HTTP request waits for messages, and a stream of events for something to say.",
                atLeast = "1",
                atMost = "600")
        int pollSeconds,

        @Setting(
                value = "Seconds for a request to arrive completely, and for a connection to idle between requests.",
                atLeast = "1",
                atMost = "600")
        int requestSeconds,

        @Setting(
                value = "Messages of one connection of a drop-in endpoint (PeerJS, topics, tracker) a second.",
                atLeast = "1",
                atMost = "100000")
        int dropInMessagesPerSecond,

        @Setting(value = "Messages of one connection of a drop-in endpoint at once.", atLeast = "1", atMost = "1000000")
        int dropInMessageBurst,

        @Setting(value = "JSON tokens in a message to a drop-in endpoint.", atLeast = "16", atMost = "1000000")
        int dropInJsonTokens) {}
