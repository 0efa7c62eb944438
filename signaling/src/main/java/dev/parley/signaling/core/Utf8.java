package dev.parley.signaling.core;

/** Counts bytes without making them. */
final class Utf8 {
    private Utf8() {}

    /** The length of the text in UTF-8; a lone surrogate counts as three bytes. */
    static int length(String text) {
        int bytes = text.length();
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c >= 0x800) {
                bytes += Character.isSurrogate(c) ? 1 : 2;
            } else if (c >= 0x80) {
                bytes++;
            }
        }
        return bytes;
    }
}
