package dev.parley.testing;

import static com.tngtech.archunit.base.DescribedPredicate.describe;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.InstanceofCheck;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.domain.JavaPackage;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.NullMarked;

/** The predicates and conditions that {@link ArchitectureRules} and {@link CoreRules} are made of. */
final class CodeConditions {
    /** Classes compiled from test sources, or taken from another module's test jar. */
    static final DescribedPredicate<JavaClass> TEST_CODE = describe("test code", CodeConditions::isTestCode);

    static final DescribedPredicate<JavaClass> MAIN_CODE = describe("main code", type -> !isTestCode(type));

    static final DescribedPredicate<JavaClass> SOCKETS = describe(
            "sockets",
            type -> type.isAssignableTo(java.net.Socket.class)
                    || type.isAssignableTo(java.net.ServerSocket.class)
                    || type.isAssignableTo(java.net.DatagramSocket.class)
                    || type.isAssignableTo(java.nio.channels.NetworkChannel.class)
                    || type.getPackageName().startsWith("java.net.http")
                    || type.getPackageName().startsWith("io.netty.bootstrap"));

    static final DescribedPredicate<JavaClass> THREADS =
            describe("threads", type -> type.isAssignableTo(Thread.class) || type.isAssignableTo(Executor.class));

    private CodeConditions() {}

    private static boolean isTestCode(JavaClass type) {
        return type.getSource()
                .map(source -> source.getUri().toString())
                .filter(uri -> uri.contains("/test-classes/") || uri.contains("-tests.jar"))
                .isPresent();
    }

    /** Test classes with this ending, and what is nested in them. */
    static DescribedPredicate<JavaClass> inTestsNamed(String ending) {
        return describe(
                "tests named *" + ending,
                type -> isTestCode(type) && outermost(type).getSimpleName().endsWith(ending));
    }

    static DescribedPredicate<JavaClass> notInClassNamed(Set<String> simpleNames) {
        return describe(
                "outside " + simpleNames,
                type -> !simpleNames.contains(outermost(type).getSimpleName()));
    }

    static DescribedPredicate<JavaField> isNoRecordComponent() {
        return describe("no record component", field -> !field.getOwner().isRecord());
    }

    private static JavaClass outermost(JavaClass type) {
        return type.getEnclosingClass().map(CodeConditions::outermost).orElse(type);
    }

    static ArchCondition<JavaClass> notAccess(String what, Predicate<JavaAccess<?>> forbidden) {
        return condition("not " + what, (type, violations) -> {
            for (JavaAccess<?> access : type.getAccessesFromSelf()) {
                if (forbidden.test(access)) {
                    violations.accept(access.getDescription());
                }
            }
        });
    }

    static ArchCondition<JavaClass> beInANullMarkedPackage() {
        return condition("be in a package with a @NullMarked package-info", (type, violations) -> {
            JavaPackage home = type.getPackage();
            if (!home.isAnnotatedWith(NullMarked.class)) {
                violations.accept(home.getName() + " has no @NullMarked package-info");
            }
        });
    }

    static ArchCondition<JavaClass> holdNoArrays() {
        return condition("hold no arrays", (type, violations) -> {
            for (JavaField field : type.getFields()) {
                boolean component = !field.getModifiers().contains(JavaModifier.STATIC);
                if (component && field.getRawType().isArray()) {
                    violations.accept(field.getFullName() + " is an array, so it can change and has no equality");
                }
            }
        });
    }

    static ArchCondition<JavaClass> permitOnlyRecordsAndEnums() {
        return condition("be sealed and permit only records and enums", (type, violations) -> {
            if (!type.isSealed()) {
                violations.accept(type.getName() + " is not sealed");
            }
            for (JavaClass alternative : type.getAllSubclasses()) {
                boolean value = alternative.isRecord() || alternative.isEnum() || alternative.isInterface();
                boolean constantOfEnum =
                        alternative.getRawSuperclass().filter(JavaClass::isEnum).isPresent();
                if (!value && !constantOfEnum) {
                    violations.accept(alternative.getName() + " is neither a record nor an enum");
                }
            }
        });
    }

    /** Outside the core only classes named *Effects look into effects; making one, as after a fault, is free. */
    static ArchCondition<JavaClass> leaveEffectsToTheEffectRunner() {
        return condition("leave effects to a class named *Effects", (type, violations) -> {
            if (outermost(type).getSimpleName().endsWith("Effects")) {
                return;
            }
            for (JavaAccess<?> access : type.getAccessesFromSelf()) {
                if (isEffect(access.getTargetOwner())
                        && !access.getTarget().getName().equals("<init>")) {
                    violations.accept(access.getDescription());
                }
            }
            for (InstanceofCheck check : type.getInstanceofChecks()) {
                if (isEffect(check.getRawType())) {
                    violations.accept(check.getOwner().getFullName() + " asks for "
                            + check.getRawType().getName());
                }
            }
        });
    }

    private static boolean isEffect(JavaClass type) {
        return type.getAllRawInterfaces().stream()
                .anyMatch(parent -> parent.isSealed()
                        && parent.getSimpleName().endsWith("Effect")
                        && parent.getPackageName().contains(".core"));
    }

    static ArchCondition<JavaClass> haveSimpleNameIn(Set<String> simpleNames) {
        return condition("be listed as public in the architecture test", (type, violations) -> {
            if (!simpleNames.contains(type.getSimpleName())) {
                violations.accept(type.getName() + " is public, but not listed");
            }
        });
    }

    /** What a condition does with one class: tell each violation to the consumer. */
    private interface Check {
        void run(JavaClass type, Consumer<String> violations);
    }

    private static ArchCondition<JavaClass> condition(String description, Check check) {
        return new ArchCondition<>(description) {
            @Override
            public void check(JavaClass type, ConditionEvents events) {
                check.run(type, message -> events.add(SimpleConditionEvent.violated(type, message)));
            }
        };
    }
}
