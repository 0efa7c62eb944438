package dev.parley.it.needs;

import java.util.Optional;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.platform.commons.support.AnnotationSupport;

/** Decides whether a test marked with {@link Needs} can run here. Called by JUnit. */
final class NeedsCondition implements ExecutionCondition {
    @Override
    public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
        Optional<Needs> needs = AnnotationSupport.findAnnotation(context.getElement(), Needs.class);
        for (Need need : needs.map(Needs::value).orElse(new Need[0])) {
            String missing = need.missing();
            if (missing != null) {
                return absent(context.getDisplayName() + " cannot run: " + missing);
            }
        }
        return ConditionEvaluationResult.enabled("everything needed is here");
    }

    private static ConditionEvaluationResult absent(String reason) {
        if ("true".equals(System.getenv("CI"))) {
            throw new IllegalStateException(reason);
        }
        System.out.println("SKIPPED " + reason);
        return ConditionEvaluationResult.disabled(reason);
    }
}
