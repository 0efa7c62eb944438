package dev.parley.turn.dtls;

/** The two bytes of an alert (RFC 5246 section 7.2). */
final class Alert {
    static final int BYTES = 2;
    static final byte WARNING = 1;
    static final byte FATAL = 2;
    static final byte CLOSE_NOTIFY = 0;

    private Alert() {}

    /** Whether an authentic alert ends the association. */
    static boolean ends(byte[] alert, int bytes) {
        return bytes == BYTES && (alert[0] == FATAL || alert[1] == CLOSE_NOTIFY);
    }
}
