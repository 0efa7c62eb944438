package dev.parley.signaling.core.topics;

/** The two languages that topics are spoken of in. */
public enum TopicSpeech {
    /** {@code topics}: a list; what is published comes with its type and a count of subscribers. */
    Y_WEBRTC,
    /** {@code topic}: one; what is published comes as topic and payload alone. */
    TRYSTERO
}
