package dev.parley.ice.stun;

/** What may arrive on one port. */
public enum PacketKind {
    STUN,
    CHANNEL_DATA,
    DTLS,
    TLS,
    HTTP,
    UNKNOWN
}
