package dev.parley.signaling.core.dropin;

import java.util.Locale;

/**
 * Why a drop-in endpoint did not do what a client asked; for counters. What the client is told its protocol decides.
 */
public enum DropInRefusal {
    /** Not a message of the protocol, or one without effect. */
    BAD_MESSAGE,
    /** More messages than a connection may send. */
    MESSAGE_RATE,
    /** More deliveries than a connection may cause. */
    DELIVERY_RATE,
    /** A name that the token does not cover. */
    NOT_GRANTED,
    /** PeerJS: the connection has no id, or lost it. */
    NOT_REGISTERED,
    /** PeerJS: id, token or key is missing. */
    MISSING_PARAMETERS,
    /** PeerJS: another key. */
    WRONG_KEY,
    /** PeerJS: an id that the policy does not admit. */
    BAD_ID,
    /** PeerJS, tracker: somebody else has this id. */
    ID_TAKEN,
    /** PeerJS: as many ids as there may be. */
    TOO_MANY_PEERS,
    /** PeerJS: too much waits for the addressee, from the sender or in all. */
    QUEUE_FULL,
    /** PeerJS: nobody has the id addressed, and the message is of no use later. */
    NO_SUCH_PEER,
    /** Topics: as many topics as this connection may have. */
    TOO_MANY_TOPICS_OF_CONNECTION,
    /** Topics: as many topics as there may be. */
    TOO_MANY_TOPICS,
    /** Topics: as many subscribers as a topic may have. */
    TOPIC_FULL,
    /** Topics: a name longer than allowed. */
    TOPIC_TOO_LONG,
    /** Topics: nobody is subscribed. */
    NO_SUBSCRIBERS,
    /** Tracker: as many swarms as this connection may be in. */
    TOO_MANY_SWARMS_OF_CONNECTION,
    /** Tracker: as many swarms as there may be. */
    TOO_MANY_SWARMS,
    /** Tracker: more offers or hashes in one message than are looked at. */
    TOO_MANY_ITEMS;

    boolean isForRate() {
        return this == MESSAGE_RATE || this == DELIVERY_RATE;
    }

    /** The word in metrics. */
    public String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
