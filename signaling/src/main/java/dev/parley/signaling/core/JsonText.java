package dev.parley.signaling.core;

/**
 * A JSON value in its serialised form. The hub passes it on unread, so a message to a thousand members is written once.
 *
 * @param text valid JSON, as the dialect checked it
 */
public record JsonText(String text) {

    /** How many bytes the text takes in UTF-8. */
    public int utf8Bytes() {
        return Utf8.length(text);
    }
}
