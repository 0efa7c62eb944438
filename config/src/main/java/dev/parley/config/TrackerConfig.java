package dev.parley.config;

/** The WebTorrent tracker. */
public record TrackerConfig(
        @Setting("Serve the protocol of the WebTorrent tracker, at /tracker.")
        boolean enabled,

        @Setting(value = "Swarms that exist at once.", atLeast = "1", atMost = "1000000")
        int swarms,

        @Setting(
                value = "Peers of one swarm; one more takes the place of the one that was silent longest.",
                atLeast = "2",
                atMost = "100000")
        int swarmPeers,

        @Setting(value = "Places in swarms that one connection has.", atLeast = "1", atMost = "10000")
        int perConnection,

        @Setting(
                value = "Seconds without an announce after which a peer is not in the swarm any more.",
                atLeast = "10",
                atMost = "86400")
        int peerSeconds,

        @Setting(value = "Seconds after which a peer is asked to announce again.", atLeast = "5", atMost = "3600")
        int intervalSeconds,

        @Setting(value = "Offers of one announce that are passed on.", atLeast = "1", atMost = "1000")
        int offers,

        @Setting(value = "Swarms that one scrape may ask about.", atLeast = "1", atMost = "1000")
        int scrape) {}
