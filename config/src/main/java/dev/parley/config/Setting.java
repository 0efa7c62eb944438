package dev.parley.config;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Documents one configuration key and bounds its values, on the record component that holds it. The reference page,
 * the example file and the range checks are all made from these.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.RECORD_COMPONENT)
public @interface Setting {
    /** What the key does, in full sentences. */
    String value();

    /** Smallest accepted value, written as in a configuration file; empty when there is no bound. */
    String atLeast() default "";

    /** Largest accepted value, written as in a configuration file; empty when there is no bound. */
    String atMost() default "";

    /** What happens when an optional key is not set, or what an empty list means. */
    String whenUnset() default "";

    /** Whether a reload puts a changed value into force; others need a restart. */
    boolean reloadable() default false;
}
