package dev.parley.it.conformance;

import java.lang.reflect.Method;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.InvocationInterceptor;
import org.junit.jupiter.api.extension.ReflectiveInvocationContext;
import org.opentest4j.TestAbortedException;

/**
 * Keeps the server and the recording for the whole run, writes down how each requirement ended, and turns the expected
 * deviations of Parley into successes.
 */
final class Recorder implements BeforeEachCallback, AfterEachCallback, InvocationInterceptor {
    private static final ExtensionContext.Namespace SPACE = ExtensionContext.Namespace.create(Recorder.class);

    /** Closed by JUnit when the run is over. */
    private record Run(Server server, Recording recording) implements AutoCloseable {
        static Run begin() {
            return new Run(Server.start(), new Recording());
        }

        @Override
        public void close() {
            String file = System.getProperty("conformance.record");
            if (file != null) {
                recording.write(Path.of(file));
            }
            server.close();
        }
    }

    @Override
    public void beforeEach(ExtensionContext context) {
        suite(context).begin(run(context).server());
    }

    @Override
    public void afterEach(ExtensionContext context) {
        suite(context).end();
    }

    private static Suite suite(ExtensionContext context) {
        return (Suite) context.getRequiredTestInstance();
    }

    private static Run run(ExtensionContext context) {
        return context.getRoot().getStore(SPACE).getOrComputeIfAbsent(Run.class, key -> Run.begin(), Run.class);
    }

    @Override
    public void interceptTestMethod(
            Invocation<Void> invocation, ReflectiveInvocationContext<Method> method, ExtensionContext context)
            throws Throwable {
        Suite suite = suite(context);
        Recording recording = run(context).recording();
        Requirement requirement = Requirement.of(method.getExecutable());
        try {
            invocation.proceed();
        } catch (TestAbortedException notApplicable) {
            if (suite.server().isParley()) {
                // What the page says of Parley was tested, all of it.
                throw new AssertionError(requirement.claim() + " was not tested: " + notApplicable.getMessage());
            }
            throw notApplicable;
        } catch (Throwable failure) {
            recording.add(requirement, suite.transport(), reason(failure));
            if (isExpected(method.getExecutable(), suite, failure)) {
                return;
            }
            throw failure;
        }
        recording.add(requirement, suite.transport(), "");
        if (deviates(method.getExecutable(), suite)) {
            throw new AssertionError("no deviation any more: take the annotation away, and its line in the documents");
        }
    }

    private static boolean isExpected(Method method, Suite suite, Throwable failure) {
        return deviates(method, suite)
                && reason(failure)
                        .contains(method.getAnnotation(Deviation.class).value());
    }

    private static boolean deviates(Method method, Suite suite) {
        Deviation deviation = method.getAnnotation(Deviation.class);
        return deviation != null
                && suite.server().isParley()
                && (deviation.over().length == 0
                        || Arrays.asList(deviation.over()).contains(suite.transport()));
    }

    private static String reason(Throwable failure) {
        String message = failure.getMessage() == null ? failure.getClass().getSimpleName() : failure.getMessage();
        return message.strip().lines().findFirst().orElse("").strip();
    }
}
