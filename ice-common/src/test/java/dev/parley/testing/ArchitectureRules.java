package dev.parley.testing;

import static com.tngtech.archunit.base.DescribedPredicate.alwaysTrue;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static dev.parley.testing.CodeConditions.MAIN_CODE;
import static dev.parley.testing.CodeConditions.TEST_CODE;
import static dev.parley.testing.CodeConditions.notAccess;

import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.util.Set;

/**
 * The rules that hold in every module. A module's own test takes them over, with the rules of its core if it has one:
 *
 * <pre>
 * &#64;AnalyzeClasses(packages = "dev.parley.turn")
 * class ArchitectureTest {
 *     &#64;ArchTest static final ArchTests EVERYWHERE = ArchTests.in(ArchitectureRules.class);
 *     &#64;ArchTest static final ArchTests CORE = ArchTests.in(CoreRules.class);
 *     &#64;ArchTest static final ArchRule DOOR = CoreRules.onlyThesePublic("TurnServer", "TurnEvent", "TurnEffect");
 *     &#64;ArchTest static final ArchRule MAPS = CoreRules.unorderedMapsOnlyIn("ChannelTable");
 * }
 * </pre>
 */
public final class ArchitectureRules {
    private static final Set<String> INSECURE_RANDOM = Set.of(
            "java.util.Random",
            "java.util.SplittableRandom",
            "java.util.concurrent.ThreadLocalRandom",
            "java.util.random.RandomGeneratorFactory",
            "io.netty.util.internal.ThreadLocalRandom");

    @ArchTest
    public static final ArchRule layersPointDownward = noClasses()
            .that()
            .resideInAPackage("dev.parley.ice..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "dev.parley.turn..",
                    "dev.parley.signaling..",
                    "dev.parley.config..",
                    "dev.parley.cli..",
                    "dev.parley.server..")
            .allowEmptyShould(true);

    @ArchTest
    public static final ArchRule relayKnowsNoHub = noClasses()
            .that()
            .resideInAPackage("dev.parley.turn..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "dev.parley.signaling..", "dev.parley.config..", "dev.parley.cli..", "dev.parley.server..")
            .allowEmptyShould(true);

    @ArchTest
    public static final ArchRule hubKnowsNoRelay = noClasses()
            .that()
            .resideInAPackage("dev.parley.signaling..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("dev.parley.turn..", "dev.parley.config..", "dev.parley.cli..", "dev.parley.server..")
            .allowEmptyShould(true);

    @ArchTest
    public static final ArchRule dialectsKnowNoTransport = noClasses()
            .that()
            .resideInAPackage("..dialect..")
            .and(MAIN_CODE)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("..transport..", "io.netty.channel..", "io.netty.handler..")
            .allowEmptyShould(true);

    @ArchTest
    public static final ArchRule packagesHaveNoCycles = slices().matching("dev.parley.(**)")
            .should()
            .beFreeOfCycles()
            .ignoreDependency(TEST_CODE, alwaysTrue())
            .allowEmptyShould(true);

    @ArchTest
    public static final ArchRule everyPackageIsNullMarked =
            classes().should(CodeConditions.beInANullMarkedPackage()).allowEmptyShould(true);

    @ArchTest
    public static final ArchRule recordsHoldNoArrays = classes()
            .that(MAIN_CODE)
            .and()
            .areRecords()
            .should(CodeConditions.holdNoArrays())
            .allowEmptyShould(true);

    @ArchTest
    public static final ArchRule sealedAlternativesAreRecordsOrEnums = classes()
            .that(MAIN_CODE)
            .and()
            .haveNameMatching(".*(Event|Effect|Message|Attribute|Result|Decision)")
            .and()
            .areInterfaces()
            .should(CodeConditions.permitOnlyRecordsAndEnums())
            .allowEmptyShould(true);

    @ArchTest
    public static final ArchRule effectsAreRunInOnePlace = classes()
            .that(MAIN_CODE)
            .and()
            .resideOutsideOfPackage("..core..")
            .should(CodeConditions.leaveEffectsToTheEffectRunner())
            .allowEmptyShould(true);

    @ArchTest
    public static final ArchRule onlyTheProgramReadsTheEnvironmentOrExits = classes()
            .that(MAIN_CODE)
            .and()
            .resideOutsideOfPackages("..cli..", "..server..")
            .should(notAccess("read the environment or exit", ArchitectureRules::isEnvironmentOrExit))
            .allowEmptyShould(true);

    @ArchTest
    public static final ArchRule randomnessIsSecure = classes()
            .that(MAIN_CODE)
            .should(notAccess("use predictable randomness", ArchitectureRules::isPredictableRandomness))
            .allowEmptyShould(true);

    @ArchTest
    public static final ArchRule unitTestsOpenNoSocket = noClasses()
            .that(CodeConditions.inTestsNamed("Test"))
            .should()
            .dependOnClassesThat(CodeConditions.SOCKETS)
            .allowEmptyShould(true);

    @ArchTest
    public static final ArchRule unitTestsNeitherSleepNorAwait = classes()
            .that(CodeConditions.inTestsNamed("Test"))
            .should(notAccess("sleep or await", ArchitectureRules::isWaiting))
            .allowEmptyShould(true);

    @ArchTest
    public static final ArchRule simulationsStartNoThread = noClasses()
            .that(CodeConditions.inTestsNamed("SimTest"))
            .should()
            .dependOnClassesThat(CodeConditions.THREADS)
            .allowEmptyShould(true);

    private ArchitectureRules() {}

    private static boolean isEnvironmentOrExit(JavaAccess<?> access) {
        String name = access.getTarget().getName();
        return switch (access.getTargetOwner().getFullName()) {
            case "java.lang.System" -> name.equals("getenv") || name.equals("exit");
            case "java.lang.Runtime" -> name.equals("exit") || name.equals("halt");
            default -> false;
        };
    }

    private static boolean isPredictableRandomness(JavaAccess<?> access) {
        String name = access.getTarget().getName();
        String owner = access.getTargetOwner().getFullName();
        return switch (owner) {
            case "java.lang.Math" -> name.equals("random");
            case "java.util.random.RandomGenerator" -> name.equals("of") || name.equals("getDefault");
            default -> INSECURE_RANDOM.contains(owner);
        };
    }

    private static boolean isWaiting(JavaAccess<?> access) {
        String name = access.getTarget().getName();
        return switch (access.getTargetOwner().getFullName()) {
            case "java.lang.Thread" -> name.equals("sleep") || name.equals("join");
            case "java.lang.Object" -> name.equals("wait");
            case "java.util.concurrent.TimeUnit" -> name.equals("sleep");
            case "java.util.concurrent.locks.LockSupport" -> name.startsWith("park");
            case "org.awaitility.Awaitility" -> true;
            default -> false;
        };
    }
}
