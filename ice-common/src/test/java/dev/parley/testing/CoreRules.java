package dev.parley.testing;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.type;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noFields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noMethods;
import static dev.parley.testing.CodeConditions.MAIN_CODE;
import static dev.parley.testing.CodeConditions.notAccess;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.AccessTarget.CodeUnitCallTarget;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import io.netty.buffer.ByteBuf;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * The rules that keep a core pure: what it may know, and what it may not ask for. They apply to packages named core.
 * Synchronized blocks leave no trace that can be read here; a test over the sources looks for those.
 */
public final class CoreRules {
    private static final DescribedPredicate<JavaClass> CORE =
            resideInAnyPackage("dev.parley..core..").and(MAIN_CODE).as("the core");

    private static final DescribedPredicate<JavaClass> PURE = resideInAnyPackage(
                    "dev.parley..core..",
                    "dev.parley.ice..",
                    "org.jspecify..",
                    "io.netty.buffer",
                    "java.lang",
                    "java.lang.annotation",
                    "java.lang.runtime",
                    "java.math",
                    "java.nio",
                    "java.nio.charset",
                    "java.security",
                    "java.text",
                    "java.time..",
                    "java.util",
                    "java.util.function",
                    "java.util.random",
                    "java.util.regex",
                    "java.util.stream")
            .or(type(TimeUnit.class))
            .as("pure classes: values of the JDK, ice-common, JSpecify, Netty's buffers");

    private static final Set<String> UNORDERED =
            Set.of("java.util.HashMap", "java.util.HashSet", "java.util.IdentityHashMap", "java.util.WeakHashMap");

    @ArchTest
    public static final ArchRule coreKnowsOnlyPureThings =
            classes().that(CORE).should().onlyDependOnClassesThat(PURE).allowEmptyShould(true);

    @ArchTest
    public static final ArchRule coreAsksForNoClockRandomnessThreadOrEnvironment = classes()
            .that(CORE)
            .should(notAccess("ask for a clock, randomness, a thread or the environment", CoreRules::isImpure))
            .allowEmptyShould(true);

    @ArchTest
    public static final ArchRule coreOnlyBorrowsBuffers = classes()
            .that(CORE)
            .should(notAccess("retain or release a buffer", CoreRules::isOwnership))
            .allowEmptyShould(true);

    @ArchTest
    public static final ArchRule coreStoresNoBuffer = noFields()
            .that()
            .areDeclaredInClassesThat(CORE)
            .and(CodeConditions.isNoRecordComponent())
            .should()
            .haveRawType(ByteBuf.class)
            .allowEmptyShould(true);

    @ArchTest
    public static final ArchRule coreSharesNothingVolatile = noFields()
            .that()
            .areDeclaredInClassesThat(CORE)
            .should()
            .haveModifier(JavaModifier.VOLATILE)
            .allowEmptyShould(true);

    @ArchTest
    public static final ArchRule coreSynchronizesNothing = noMethods()
            .that()
            .areDeclaredInClassesThat(CORE)
            .should()
            .haveModifier(JavaModifier.SYNCHRONIZED)
            .allowEmptyShould(true);

    private CoreRules() {}

    /** Only these top-level classes of the core are public: its door, its events, effects and messages. */
    public static ArchRule onlyThesePublic(String... simpleNames) {
        Set<String> listed = Set.of(simpleNames);
        return classes()
                .that(CORE)
                .and()
                .arePublic()
                .and()
                .areTopLevelClasses()
                .should(CodeConditions.haveSimpleNameIn(listed))
                .allowEmptyShould(true);
    }

    /**
     * Only these classes of the core have maps and sets without order, which they look into but never walk. Everywhere
     * else an order that differs from run to run would make a simulation that cannot be repeated.
     */
    public static ArchRule unorderedMapsOnlyIn(String... simpleNames) {
        Set<String> listed = Set.of(simpleNames);
        return classes()
                .that(CORE)
                .and(CodeConditions.notInClassNamed(listed))
                .should(notAccess("make a map or set without order", CoreRules::isUnordered))
                .allowEmptyShould(true);
    }

    private static boolean isImpure(JavaAccess<?> access) {
        String name = access.getTarget().getName();
        return switch (access.getTargetOwner().getFullName()) {
            case "java.lang.System" ->
                Set.of("nanoTime", "currentTimeMillis", "getenv", "getProperty", "exit", "out", "err")
                        .contains(name);
            case "java.time.Instant", "java.time.LocalDate", "java.time.LocalDateTime", "java.time.ZonedDateTime" ->
                name.equals("now");
            case "java.time.InstantSource" -> name.equals("system");
            case "java.time.Clock" -> name.startsWith("system") || name.startsWith("tick");
            case "java.util.UUID" -> name.equals("randomUUID");
            case "java.lang.Math" -> name.equals("random");
            case "java.util.Random", "java.util.SplittableRandom", "java.security.SecureRandom" ->
                name.equals("<init>") || name.startsWith("getInstance");
            case "java.util.random.RandomGenerator" -> name.equals("of") || name.equals("getDefault");
            case "java.util.Timer", "java.lang.Thread", "java.lang.ThreadLocal", "java.lang.Runtime" -> true;
            case "java.lang.Process", "java.lang.ProcessBuilder" -> true;
            case "java.lang.Object" -> name.equals("wait") || name.startsWith("notify");
            default -> false;
        };
    }

    private static boolean isOwnership(JavaAccess<?> access) {
        String name = access.getTarget().getName();
        return access.getTargetOwner().isAssignableTo(io.netty.util.ReferenceCounted.class)
                && (name.startsWith("retain") || name.equals("release") || name.startsWith("readRetained"));
    }

    /** One entry has one order, so {@code Map.of} and {@code Set.of} are free up to there. */
    private static boolean isUnordered(JavaAccess<?> access) {
        String owner = access.getTargetOwner().getFullName();
        String name = access.getTarget().getName();
        int parameters = access.getTarget() instanceof CodeUnitCallTarget target
                ? target.getRawParameterTypes().size()
                : 0;
        return switch (owner) {
            case "java.util.Map" -> isCopy(name) || (name.equals("of") && parameters > 2);
            case "java.util.Set" -> isCopy(name) || (name.equals("of") && parameters > 1);
            case "java.util.stream.Collectors" ->
                Set.of("toMap", "toSet", "toUnmodifiableMap", "toUnmodifiableSet", "groupingBy")
                        .contains(name);
            default -> UNORDERED.contains(owner) && name.equals("<init>");
        };
    }

    private static boolean isCopy(String name) {
        return name.equals("copyOf") || name.equals("ofEntries");
    }
}
