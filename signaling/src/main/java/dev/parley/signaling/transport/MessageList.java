package dev.parley.signaling.transport;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Takes the body of a request apart into the texts of its messages: a JSON array of them, or one a line. Looks at
 * nothing but strings and brackets; whether a text is a message is the dialect's to say.
 */
final class MessageList {
    private final String body;
    private final int maxMessages;
    private final List<String> messages = new ArrayList<>();

    private MessageList(String body, int maxMessages) {
        this.body = body;
        this.maxMessages = maxMessages;
    }

    /** The messages in their order, none of them blank; null if there are more. */
    static @Nullable List<String> split(String body, int maxMessages) {
        MessageList list = new MessageList(body.strip(), maxMessages);
        boolean fits = list.body.startsWith("[") ? list.splitArray() : list.splitLines();
        return fits ? list.messages : null;
    }

    private boolean splitLines() {
        int start = 0;
        for (int end = body.indexOf('\n'); end >= 0; end = body.indexOf('\n', start)) {
            if (!add(start, end)) {
                return false;
            }
            start = end + 1;
        }
        return add(start, body.length());
    }

    /** What is wrong with the array makes its last message one that is none. */
    private boolean splitArray() {
        int depth = 0;
        int start = 1;
        boolean inString = false;
        for (int at = 1; at < body.length(); at++) {
            char c = body.charAt(at);
            if (inString) {
                at += c == '\\' ? 1 : 0;
                inString = c != '"';
                continue;
            }
            switch (c) {
                case '"' -> inString = true;
                case '{', '[' -> depth++;
                case '}', ']' -> depth--;
                default -> {}
            }
            boolean ends = depth < 0;
            if (ends || (c == ',' && depth == 0)) {
                if (!add(start, at)) {
                    return false;
                }
                start = at + 1;
            }
            if (ends) {
                break;
            }
        }
        return add(start, body.length());
    }

    private boolean add(int start, int end) {
        String text = body.substring(Math.min(start, end), end).strip();
        return text.isEmpty() || (messages.size() < maxMessages && messages.add(text));
    }
}
