package dev.parley.turn.loop;

/** What is counted in packets and payload bytes. */
public enum PacketClass {
    /** ChannelData from a client, relayed. */
    CHANNEL_DATA_UP("channel-data-up"),
    /** Send indications from a client, relayed. */
    SEND_INDICATION_UP("send-indication-up"),
    /** Datagrams from peers, sent on as ChannelData. */
    CHANNEL_DATA_DOWN("channel-data-down"),
    /** Datagrams from peers, sent on as Data indications. */
    DATA_INDICATION_DOWN("data-indication-down"),
    /** Pieces of TCP connections from clients to peers (RFC 6062), as they were read. */
    STREAM_UP("stream-up"),
    /** The same from peers to clients. */
    STREAM_DOWN("stream-down"),
    /** ICMP errors about datagrams to peers, reported in Data indications. */
    ICMP_DOWN("icmp-down"),
    /** Of the relayed packets above, those that went from one allocation to another inside this process. */
    HAIRPIN("hairpin"),
    /** STUN messages that are not data. */
    REQUEST("request"),
    /** Answers to them. */
    RESPONSE("response");

    private final String label;

    PacketClass(String label) {
        this.label = label;
    }

    /** Metric label. */
    public String label() {
        return label;
    }
}
