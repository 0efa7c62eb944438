package dev.parley.signaling.auth;

import dev.parley.signaling.auth.Decision.Admitted;
import dev.parley.signaling.auth.Decision.Denied;
import dev.parley.signaling.core.AddressPrefix;
import dev.parley.signaling.core.Identity;
import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Decides by configuration: tokens, the authorisation hook, both, or neither. With both, the token is verified first
 * and the hook has the last word. Everything that takes time happens on workers; how many may wait is bounded.
 */
final class Doorkeeper implements Admission {
    private final boolean anonymous;
    private final @Nullable TokenVerifier verifier;
    private final @Nullable AuthorisationHook hook;
    private final Predicate<Identity> revoked;
    private final int maxPending;
    private final Failures failures;
    private final DenialLog log;
    private final Executor workers;
    private final Delay delay;
    private final LongSupplier nanoClock;
    private final AtomicInteger pending = new AtomicInteger();

    /** Runs something later, on any thread. */
    @FunctionalInterface
    interface Delay {
        void after(Duration delay, Runnable task);
    }

    Doorkeeper(
            boolean anonymous,
            @Nullable TokenVerifier verifier,
            @Nullable AuthorisationHook hook,
            Predicate<Identity> revoked,
            int maxPending,
            Failures failures,
            Executor workers,
            Delay delay,
            LongSupplier nanoClock) {
        this.anonymous = anonymous;
        this.verifier = verifier;
        this.hook = hook;
        this.revoked = revoked;
        this.maxPending = maxPending;
        this.failures = failures;
        this.log = new DenialLog(nanoClock);
        this.workers = workers;
        this.delay = delay;
        this.nanoClock = nanoClock;
    }

    @Override
    public void decide(Applicant applicant, Consumer<Decision> answer) {
        if (applicant.token() == null && !(anonymous && hook != null)) {
            tell(anonymous ? new Admitted(Identity.ANONYMOUS) : new Denied(DenyReason.NO_TOKEN), applicant, answer);
        } else if (pending.incrementAndGet() > maxPending) {
            pending.decrementAndGet();
            tell(new Denied(DenyReason.BUSY), applicant, answer);
        } else {
            workers.execute(() -> tell(judge(applicant), applicant, answer));
        }
    }

    /** The one catch of the door: a mistake of ours lets nobody in. */
    private Decision judge(Applicant applicant) {
        try {
            Decision decision = look(applicant);
            boolean isRevoked = decision instanceof Admitted(var identity) && revoked.test(identity);
            return isRevoked ? new Denied(DenyReason.REVOKED) : decision;
        } catch (RuntimeException mistake) {
            log.fault(mistake);
            return new Denied(DenyReason.FAULT);
        } finally {
            pending.decrementAndGet();
        }
    }

    private Decision look(Applicant applicant) {
        BearerToken token = applicant.token();
        if (token != null && token.text().length() > TokenVerifier.MAX_LENGTH) {
            return new Denied(DenyReason.TOO_LARGE);
        }
        if (token == null || verifier == null) {
            return hook == null ? new Denied(DenyReason.UNKNOWN_KEY) : hook.ask(applicant, null);
        }
        return switch (verifier.verify(token)) {
            case Admitted(var identity) when hook != null -> marked(hook.ask(applicant, identity), identity);
            case Decision decided -> decided;
        };
    }

    /** What the token is known by stays known, whatever the hook says of its holder. */
    private static Decision marked(Decision decision, Identity verified) {
        return decision instanceof Admitted(var identity)
                ? new Admitted(identity.markedBy(verified.token()))
                : decision;
    }

    private void tell(Decision decision, Applicant applicant, Consumer<Decision> answer) {
        if (!(decision instanceof Denied(var reason))) {
            answer.accept(decision);
            return;
        }
        log.denied(reason);
        // What is our own failure is no guess of theirs.
        Duration wait = reason.isTemporary()
                ? Duration.ZERO
                : failures.note(AddressPrefix.of(applicant.remote()), nanoClock.getAsLong());
        if (wait.isZero()) {
            answer.accept(decision);
        } else {
            delay.after(wait, () -> answer.accept(decision));
        }
    }
}
