package dev.parley.turn.core;

import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/**
 * What makes an allocation mobile: which of its tickets count, the 5-tuple that its client is moving to, and the
 * answers that the last Refresh requests with a ticket got (RFC 8016 section 3.2.2).
 */
final class Mobility {
    /** Answers kept for retransmissions; so many moves within {@link Lifetimes#REMEMBERED_ANSWER} are no walk. */
    static final int ANSWERS_MAX = 4;

    private final ArrayDeque<Answered> answers = new ArrayDeque<>(ANSWERS_MAX);
    private @Nullable Handover handover;
    private int serial;
    private int lastSerial;
    private boolean lost;

    private record Answered(TurnEffect.Reply answer, long atNanos) {}

    /** Serial number of the ticket for the 5-tuple in use. */
    int serial() {
        return serial;
    }

    /** A number no earlier ticket of the allocation has. */
    int nextSerial() {
        return ++lastSerial;
    }

    @Nullable
    Handover handover() {
        return handover;
    }

    void await(@Nullable Handover next) {
        handover = next;
    }

    /** The ticket with this number is now that of the 5-tuple in use. */
    void settle(int newSerial) {
        serial = newSerial;
        handover = null;
    }

    /** True while no 5-tuple is in use, because the connection has ended. */
    boolean isLost() {
        return lost;
    }

    void lost(boolean newLost) {
        lost = newLost;
    }

    /** The answer to a request of which this is a retransmission, from where it came before. */
    TurnEffect.@Nullable Reply answerTo(Exchange exchange, long nowNanos) {
        for (Answered answered : answers) {
            TurnEffect.Reply answer = answered.answer;
            boolean same = answer.client().equals(exchange.client())
                    && answer.message()
                            .transactionId()
                            .equals(exchange.request().transactionId());
            if (same && nowNanos - answered.atNanos < Lifetimes.REMEMBERED_ANSWER_NANOS) {
                return answer;
            }
        }
        return null;
    }

    /** A connection that has ended brings no retransmissions; the next from its address is another. */
    void forgetAnswersTo(ClientKey client) {
        answers.removeIf(answered -> answered.answer.client().equals(client));
    }

    void remember(TurnEffect.Reply answer, long nowNanos) {
        if (answers.size() == ANSWERS_MAX) {
            answers.removeFirst();
        }
        answers.add(new Answered(answer, nowNanos));
    }
}
