package dev.parley.config;

/** How sessions of the hub begin, and how they go on after their connection was lost. */
public record SessionsConfig(
        @Setting(value = "Seconds that a connection has to say hello.", atLeast = "1", atMost = "600")
        int helloSeconds,

        @Setting(
                value = "Seconds that a session whose connection was lost keeps its place and can be resumed; 0: not at"
                        + " all.",
                atLeast = "0",
                atMost = "3600")
        int resumeSeconds,

        @Setting(
                value = "Messages kept for a session until its client confirms them.",
                atLeast = "4",
                atMost = "100000")
        int resumeMessages,

        @Setting(
                value = "Characters of the messages kept for a session, about.",
                atLeast = "65536",
                atMost = "67108864")
        int resumeCharacters) {}
