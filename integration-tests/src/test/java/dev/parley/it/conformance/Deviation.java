package dev.parley.it.conformance;

import dev.parley.it.wire.Transport;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Parley does not do this, on purpose; docs/deviations.md says why. Against Parley the test passes when it fails with
 * a message that contains the value, and fails when it passes.
 */
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
@interface Deviation {
    String value();

    /** The transports that deviate; none means all. */
    Transport[] over() default {};
}
