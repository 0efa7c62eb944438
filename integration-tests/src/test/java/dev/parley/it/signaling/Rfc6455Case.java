package dev.parley.it.signaling;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.params.provider.Arguments;

/** One case of the suite: what a client sends, and everything that has to come back. */
final class Rfc6455Case {
    static final int CONTINUATION = 0x00;
    static final int TEXT = 0x01;
    static final int BINARY = 0x02;
    static final int CLOSE = 0x08;
    static final int PING = 0x09;
    static final int PONG = 0x0A;
    static final int FIN = 0x80;

    private static final Pattern REF = Pattern.compile(".*\"type\":\"pong\",\"ack\":0,\"ref\":\"(.*)\"}");

    /** How the connection ends when the client did nothing wrong: its own close comes back. */
    static final String IN_ORDER = "close 1000 done";

    static final String PROTOCOL_ERROR = "close 1002 protocol-error";
    static final String TEXT_ONLY = "close 1003 text-only";
    static final String BAD_UTF8 = "close 1007 bad-utf8";
    static final String TOO_BIG = "close 1009 too-big";

    /** The answer to {@link #message()}. */
    static final String ANSWER = "pong-message 1";

    /** Sends something, or waits for something. */
    private interface Act {
        void on(RawWebSocket client, List<String> back) throws IOException;
    }

    private final List<Act> acts = new ArrayList<>();
    private boolean inSingleBytes;

    /** Sends a frame, whatever it is. */
    Rfc6455Case frame(int firstByte, byte... payload) {
        acts.add((client, back) -> {
            byte[] frame = RawWebSocket.masked(firstByte, payload);
            if (inSingleBytes) {
                for (byte b : frame) {
                    client.sendBytes(b);
                }
            } else {
                client.sendBytes(frame);
            }
        });
        return this;
    }

    Rfc6455Case frame(int firstByte, String payload) {
        return frame(firstByte, utf8(payload));
    }

    /** Sends these bytes as they are, given as hexadecimal digits. */
    Rfc6455Case raw(String hex) {
        acts.add((client, back) -> client.sendBytes(HexFormat.of().parseHex(hex)));
        return this;
    }

    /** Waits for the next frame of the server. */
    Rfc6455Case answered() {
        acts.add((client, back) -> back.add(described(client.read())));
        return this;
    }

    /** Sends a message in frames of so many bytes. */
    Rfc6455Case chopped(int frameBytes, byte... message) {
        for (int start = 0; start < message.length; start += frameBytes) {
            int end = Math.min(message.length, start + frameBytes);
            int opcode = start == 0 ? TEXT : CONTINUATION;
            frame(opcode | (end == message.length ? FIN : 0), Arrays.copyOfRange(message, start, end));
        }
        return this;
    }

    /** Every frame goes out byte by byte. */
    Rfc6455Case inSingleBytes() {
        inSingleBytes = true;
        return this;
    }

    /** A message that is answered with {@link #ANSWER}. */
    static String message() {
        return message("1");
    }

    /** A message that is answered, with this text in the answer. */
    static String message(String text) {
        return "{\"type\":\"ping\",\"ref\":\"" + text + "\"}";
    }

    /** The same with white space around it, so that it has this many bytes. */
    static String message(int bytes) {
        return message() + " ".repeat(bytes - message().length());
    }

    static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** Returns what came back meanwhile. */
    List<String> actOn(RawWebSocket client) throws IOException {
        List<String> back = new ArrayList<>();
        for (Act act : acts) {
            act.on(client, back);
        }
        return back;
    }

    /** A frame of the server as the cases write it. */
    static String described(RawWebSocket.Frame frame) {
        return switch (frame.opcode()) {
            case CLOSE -> "close " + frame.text();
            case PONG -> "pong " + frame.text();
            default -> answer(frame.text());
        };
    }

    private static String answer(String text) {
        var answer = REF.matcher(text);
        if (answer.matches()) {
            return "pong-message " + answer.group(1);
        }
        return text.contains("\"code\":\"bad-message\"") ? "error bad-message" : text;
    }

    /** For a table of cases. */
    Arguments then(String name, String... comesBack) {
        return Arguments.of(name, this, List.of(comesBack));
    }
}
