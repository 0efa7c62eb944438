package dev.parley.signaling.auth;

import dev.parley.signaling.core.Identity;
import java.util.function.Consumer;

/** Decides who may come in. Called on the hub's thread; must not block, and answers exactly once, on any thread. */
@FunctionalInterface
public interface Admission {
    /** Lets everybody in, and asks nobody who he is. */
    Admission EVERYBODY = (applicant, answer) -> answer.accept(new Decision.Admitted(Identity.ANONYMOUS));

    void decide(Applicant applicant, Consumer<Decision> answer);
}
