package dev.parley.turn.socket;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import dev.parley.ice.address.TransportAddress;
import java.lang.foreign.MemorySegment;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/** A kernel that reads what a socket shows it, and refuses what a test wants refused. */
final class FakeCalls implements DatagramCalls {
    private final List<String> sent = new ArrayList<>();
    private final List<String> options = new ArrayList<>();
    private final ArrayDeque<Integer> answers = new ArrayDeque<>();
    private int segmentedAnswer;
    private int waitingErrors;
    private int sends;

    /** The next calls answer this; after that all is well again. A positive answer takes so many messages. */
    void answerNext(Integer... results) {
        answers.addAll(List.of(results));
    }

    /** Every segmented message is refused with this, until it is 0. */
    void refuseSegmented(int error) {
        segmentedAnswer = error;
    }

    /** So many errors wait in the error queue. */
    void errorsWait(int count) {
        waitingErrors = count;
    }

    /** What was taken since the last time: destination, segment length, bytes; then control messages that are set. */
    List<String> taken() {
        List<String> taken = List.copyOf(sent);
        sent.clear();
        return taken;
    }

    /** Options that were set since the last time. */
    List<String> optionsSet() {
        List<String> set = List.copyOf(options);
        options.clear();
        return set;
    }

    /** System calls that sent, or tried to. */
    int sends() {
        return sends;
    }

    @Override
    public int send(int descriptor, long messages, int count) {
        sends++;
        int most = answers.isEmpty() ? count : answers.poll();
        for (int i = 0; i < Math.min(most, count); i++) {
            String message = read(messages + (long) i * MessageVector.STRIDE);
            if (segmentedAnswer != 0 && message.contains("/")) {
                return i == 0 ? segmentedAnswer : i;
            }
            sent.add(message);
        }
        return Math.min(most, count);
    }

    @Override
    public int receive(int descriptor, long messages, int count) {
        return Linux.EAGAIN;
    }

    @Override
    public int receiveError(int descriptor, long message) {
        if (waitingErrors == 0) {
            return Linux.EAGAIN;
        }
        waitingErrors--;
        memory(message, MessageVector.STRIDE).set(JAVA_LONG, 40, 0); // nothing about it; that it was there is enough
        return 0;
    }

    @Override
    public int setOption(int descriptor, int level, int name, int value) {
        options.add(level + "/" + name + "=" + value);
        return 0;
    }

    @Override
    public int option(int descriptor, int level, int name) {
        return 0;
    }

    private static String read(long address) {
        MemorySegment header = memory(address, MessageVector.STRIDE);
        TransportAddress to = AddressBytes.read(memory(header.get(JAVA_LONG, 0), AddressBytes.SLOT), 0);
        MemorySegment iovecs = memory(header.get(JAVA_LONG, 16), header.get(JAVA_LONG, 24) * MessageVector.IOVEC);
        StringBuilder bytes = new StringBuilder();
        for (long at = 0; at < iovecs.byteSize(); at += MessageVector.IOVEC) {
            MemorySegment piece = memory(iovecs.get(JAVA_LONG, at), iovecs.get(JAVA_LONG, at + 8));
            bytes.append(HexFormat.of().formatHex(piece.toArray(JAVA_BYTE)));
        }
        String length = bytes.length() > 24 ? Integer.toString(bytes.length() / 2) : "0x" + bytes;
        return to + " " + controls(memory(header.get(JAVA_LONG, 32), header.get(JAVA_LONG, 40)), length);
    }

    private static String controls(MemorySegment controls, String length) {
        String segments = "";
        StringBuilder fields = new StringBuilder();
        for (long at = 0; at < controls.byteSize(); ) {
            long bytes = controls.get(JAVA_LONG, at);
            int level = controls.get(JAVA_INT, at + 8);
            int type = controls.get(JAVA_INT, at + 12);
            if (level == Linux.SOL_UDP) {
                segments = controls.get(JAVA_SHORT, at + 16) + "/";
            } else {
                fields.append(" %d.%d=%d".formatted(level, type, controls.get(JAVA_INT, at + 16)));
            }
            at = MessageVector.afterControl(at, bytes);
        }
        return segments + length + fields;
    }

    @SuppressWarnings("restricted") // the memory is the sender's own
    private static MemorySegment memory(long address, long bytes) {
        return MemorySegment.ofAddress(address).reinterpret(bytes);
    }
}
