package dev.parley.config;

/** The signaling of y-webrtc and Trystero. */
public record TopicsConfig(
        @Setting("Serve the signaling protocols of y-webrtc and of Trystero's relay, at /topics.")
        boolean enabled,

        @Setting(value = "Topics that exist at once.", atLeast = "1", atMost = "1000000")
        int total,

        @Setting(value = "Topics that one connection is subscribed to.", atLeast = "1", atMost = "10000")
        int perConnection,

        @Setting(value = "Connections subscribed to one topic.", atLeast = "1", atMost = "10000")
        int subscribers,

        @Setting(value = "Characters of the name of a topic.", atLeast = "1", atMost = "4096")
        int nameLength) {}
