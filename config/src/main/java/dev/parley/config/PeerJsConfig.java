package dev.parley.config;

/** The PeerJS server. */
public record PeerJsConfig(
        @Setting("Serve the protocol of the PeerJS server.") boolean enabled,

        @Setting("Path that clients have to set; begins with a slash. /peerjs means that the WebSocket is "
                + "/peerjs/peerjs.")
        String path,

        @Setting("Key that clients have to name; theirs is peerjs unless they set one.")
        String key,

        @Setting("Admit clients with whatever key they name, as the public PeerJS cloud does.")
        boolean anyKey,

        @Setting("Admit only ids that the PeerJS client itself accepts: letters and digits, in runs joined by one"
                + " space, hyphen or underscore.")
        boolean strictIds,

        @Setting("Tell everybody who asks which ids are in use.")
        boolean discovery,

        @Setting("Tell those whom a client has talked with when it is gone.")
        boolean leaveOnClose,

        @Setting(value = "Ids in use at once.", atLeast = "1", atMost = "1000000")
        int peers,

        @Setting(value = "Seconds that a message waits for an id that nobody has.", atLeast = "1", atMost = "600")
        int expireSeconds,

        @Setting(
                value = "Seconds without a heartbeat of the client after which its id is free.",
                atLeast = "6",
                atMost = "3600")
        int aliveSeconds,

        @Setting(value = "Characters of an id.", atLeast = "1", atMost = "1024")
        int idLength,

        @Setting(value = "Messages that wait for one id.", atLeast = "1", atMost = "100000")
        int queueMessages,

        @Setting(
                value = "Characters of the messages that wait for one id, about.",
                atLeast = "1024",
                atMost = "67108864")
        int queueCharacters,

        @Setting(value = "Messages of one client that wait.", atLeast = "1", atMost = "100000")
        int sourceMessages,

        @Setting(
                value = "Characters of the messages of one client that wait, about.",
                atLeast = "1024",
                atMost = "67108864")
        int sourceCharacters,

        @Setting(value = "Characters of all messages that wait, about.", atLeast = "1024", atMost = "1073741824")
        int waitingCharacters,

        @Setting(
                value = "Ids a client talked with that are told when it goes, with leave-on-close.",
                atLeast = "1",
                atMost = "10000")
        int partners) {}
