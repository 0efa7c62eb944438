package dev.parley.signaling.transport;

import dev.parley.signaling.auth.Admission;
import dev.parley.signaling.auth.Applicant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Lines whose token is being looked at. They are not read meanwhile, and what they had sent before that waits
 * here, so that nothing overtakes the decision. Hub thread only.
 */
final class Entrance {
    /** Events that one read of a socket may leave here; more than that is a flood. */
    static final int HELD_MAX = 256;

    private final Admission admission;
    private final Map<Line, Waiting> waitingByLine = new HashMap<>();
    private HubInbox inbox = (event, line) -> {};

    /** What waits: the event that asked, and those that came after it, in order. */
    record Waiting(LineEvent question, List<LineEvent> held) {}

    Entrance(Admission admission) {
        this.admission = admission;
    }

    /** Where decisions go; before the first event. */
    void answerTo(HubInbox hub) {
        inbox = hub;
    }

    int waiting() {
        return waitingByLine.size();
    }

    boolean isWaiting(Line line) {
        return waitingByLine.containsKey(line);
    }

    void ask(Applicant applicant, LineEvent question, Line line) {
        waitingByLine.put(line, new Waiting(question, new ArrayList<>(2)));
        line.pause();
        admission.decide(applicant, decision -> inbox.post(new LineEvent.Decided(decision), line));
    }

    /** Returns whether there was room for it. */
    boolean hold(LineEvent event, Line line) {
        Waiting waiting = waitingByLine.get(line);
        return waiting != null
                && waiting.held().size() < HELD_MAX
                && waiting.held().add(event);
    }

    /** The wait is over, or nobody waits any more. */
    @Nullable
    Waiting end(Line line) {
        Waiting waiting = waitingByLine.remove(line);
        if (waiting != null) {
            line.unpause();
        }
        return waiting;
    }
}
