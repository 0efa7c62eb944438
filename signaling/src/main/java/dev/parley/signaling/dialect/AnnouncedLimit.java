package dev.parley.signaling.dialect;

import dev.parley.signaling.core.HubLimit;

/** The limits a client is told in its welcome, with their field names. */
enum AnnouncedLimit {
    MESSAGE_BYTES("messageBytes", HubLimit.MESSAGE_BYTES),
    MESSAGES_PER_SECOND("messagesPerSecond", HubLimit.MESSAGES_PER_SECOND),
    MESSAGE_BURST("messageBurst", HubLimit.MESSAGE_BURST),
    DELIVERIES_PER_SECOND("deliveriesPerSecond", HubLimit.DELIVERIES_PER_SECOND),
    DELIVERY_BURST("deliveryBurst", HubLimit.DELIVERY_BURST),
    ROOM_MEMBERS("roomMembers", HubLimit.ROOM_MEMBERS),
    ROOMS_PER_SESSION("roomsPerSession", HubLimit.ROOMS_PER_SESSION),
    NAME_LENGTH("nameLength", HubLimit.NAME_LENGTH),
    METADATA_BYTES("metadataBytes", HubLimit.METADATA_BYTES),
    JOIN_SECONDS("joinSeconds", HubLimit.JOIN_SECONDS),
    SILENCE_SECONDS("silenceSeconds", HubLimit.SILENCE_SECONDS);

    private final String field;
    private final HubLimit limit;

    AnnouncedLimit(String field, HubLimit limit) {
        this.field = field;
        this.limit = limit;
    }

    String field() {
        return field;
    }

    HubLimit limit() {
        return limit;
    }
}
