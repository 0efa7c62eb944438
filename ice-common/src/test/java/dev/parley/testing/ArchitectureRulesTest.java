package dev.parley.testing;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchRule;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A rule that cannot fail holds nothing: each is shown a small class that breaks it, and one that does not. */
class ArchitectureRulesTest {
    @TempDir
    Path directory;

    @Test
    void coreMayNotAskForTheTime() throws IOException {
        assertBroken(
                CoreRules.coreAsksForNoClockRandomnessThreadOrEnvironment, "long f() { return System.nanoTime(); }");
        assertBroken(
                CoreRules.coreAsksForNoClockRandomnessThreadOrEnvironment,
                "java.util.function.Supplier<java.time.Instant> f() { return java.time.Instant::now; }");
        assertBroken(CoreRules.coreAsksForNoClockRandomnessThreadOrEnvironment, "void f() { new java.util.Random(); }");
        assertBroken(
                CoreRules.coreAsksForNoClockRandomnessThreadOrEnvironment,
                "void f() { Runnable r = () -> Thread.ofVirtual().start(() -> {}); r.run(); }");
        assertKept(
                CoreRules.coreAsksForNoClockRandomnessThreadOrEnvironment,
                "int f(java.util.random.RandomGenerator random) { return random.nextInt(5); }");
    }

    @Test
    void coreMayKnowOnlyPureThings() throws IOException {
        assertBroken(CoreRules.coreKnowsOnlyPureThings, "java.util.concurrent.atomic.AtomicLong count;");
        assertBroken(CoreRules.coreKnowsOnlyPureThings, "java.util.concurrent.ConcurrentHashMap<String, String> map;");
        assertBroken(CoreRules.coreKnowsOnlyPureThings, "java.net.InetSocketAddress address;");
        assertBroken(CoreRules.coreKnowsOnlyPureThings, "java.util.logging.Logger logger;");
        assertKept(
                CoreRules.coreKnowsOnlyPureThings,
                "long f(io.netty.buffer.ByteBuf b, dev.parley.ice.address.IpAddress a) "
                        + "{ return java.util.concurrent.TimeUnit.SECONDS.toNanos(b.getByte(0)); }");
    }

    @Test
    void coreMayNotShareOrOwn() throws IOException {
        assertBroken(CoreRules.coreSharesNothingVolatile, "volatile int count;");
        assertBroken(CoreRules.coreSynchronizesNothing, "synchronized void f() {}");
        assertBroken(CoreRules.coreStoresNoBuffer, "io.netty.buffer.ByteBuf kept;");
        assertBroken(CoreRules.coreOnlyBorrowsBuffers, "void f(io.netty.buffer.ByteBuf b) { b.retainedSlice(); }");
        assertBroken(CoreRules.coreOnlyBorrowsBuffers, "void f(io.netty.buffer.ByteBuf b) { b.release(); }");
        assertKept(CoreRules.coreOnlyBorrowsBuffers, "int f(io.netty.buffer.ByteBuf b) { return b.readInt(); }");
    }

    @Test
    void mapsWithoutOrderMustBeListed() throws IOException {
        String code = "Object map = new java.util.HashMap<String, String>();";
        assertBroken(CoreRules.unorderedMapsOnlyIn(), code);
        assertBroken(CoreRules.unorderedMapsOnlyIn("Other"), code);
        assertBroken(CoreRules.unorderedMapsOnlyIn(), "Object set = java.util.Set.of(1, 2);");
        assertBroken(
                CoreRules.unorderedMapsOnlyIn(),
                "Object f(java.util.stream.Stream<String> s) { return s.collect(java.util.stream.Collectors.toSet()); }");
        assertKept(CoreRules.unorderedMapsOnlyIn("Sample"), code);
        assertKept(
                CoreRules.unorderedMapsOnlyIn(), "Object map = new java.util.LinkedHashMap<>(java.util.Map.of(1, 2));");
    }

    @Test
    void publicClassesOfTheCoreMustBeListed() throws IOException {
        assertBroken(CoreRules.onlyThesePublic("Other"), "");
        assertKept(CoreRules.onlyThesePublic("Sample"), "");
    }

    @Test
    void recordsMayNotHoldArrays() throws IOException {
        assertBroken(ArchitectureRules.recordsHoldNoArrays, "record Inner(byte[] bytes) {}");
        assertKept(ArchitectureRules.recordsHoldNoArrays, "record Inner(String text) { static final int[] A = {}; }");
    }

    @Test
    void sealedAlternativesMustBeValues() throws IOException {
        ArchRule rule = ArchitectureRules.sealedAlternativesAreRecordsOrEnums;
        assertBroken(rule, "interface ThingEvent {}");
        assertBroken(rule, "sealed interface ThingEvent {} static final class A implements ThingEvent {}");
        assertKept(
                rule,
                "sealed interface ThingEvent {} record A() implements ThingEvent {} "
                        + "enum B implements ThingEvent { X, Y { public String toString() { return \"\"; } } }");
    }

    @Test
    void environmentAndExitBelongToTheProgram() throws IOException {
        ArchRule rule = ArchitectureRules.onlyTheProgramReadsTheEnvironmentOrExits;
        assertBroken(rule, "String f() { return System.getenv(\"X\"); }");
        assertBroken(rule, "void f() { System.exit(1); }");
        assertThat(rule.evaluate(compile("dev.parley.server", "void f() { System.exit(1); }"))
                        .hasViolation())
                .isFalse();
    }

    @Test
    void randomnessMustBeSecure() throws IOException {
        assertBroken(ArchitectureRules.randomnessIsSecure, "double f() { return Math.random(); }");
        assertBroken(ArchitectureRules.randomnessIsSecure, "Object f() { return new java.util.Random(); }");
        assertBroken(
                ArchitectureRules.randomnessIsSecure,
                "int f() { return java.util.concurrent.ThreadLocalRandom.current().nextInt(); }");
        assertKept(
                ArchitectureRules.randomnessIsSecure,
                "int f() { return new java.security.SecureRandom().nextInt(5) + java.util.UUID.randomUUID().hashCode(); }");
    }

    @Test
    void effectsMustBeRunInOnePlace() throws IOException {
        Path sources = Files.createDirectories(directory.resolve("effects"));
        write(
                sources,
                "dev.parley.x.core",
                "ThingEffect",
                "public sealed interface ThingEffect " + "{ record Close(int id) implements ThingEffect {} }");
        write(sources, "dev.parley.x", "Runner", """
                class Runner { boolean f(dev.parley.x.core.ThingEffect e) {
                  return e instanceof dev.parley.x.core.ThingEffect.Close; } }""");
        write(sources, "dev.parley.x", "ThingEffects", """
                class ThingEffects { boolean f(dev.parley.x.core.ThingEffect e) {
                  return e instanceof dev.parley.x.core.ThingEffect.Close; } }""");

        assertThat(ArchitectureRules.effectsAreRunInOnePlace
                        .evaluate(compile(sources))
                        .getFailureReport()
                        .getDetails())
                .isNotEmpty()
                .allMatch(detail -> detail.contains("dev.parley.x.Runner"));
    }

    @Test
    void layersAndCyclesAreSeen() throws IOException {
        Path sources = Files.createDirectories(directory.resolve("layers"));
        write(sources, "dev.parley.turn", "Relay", "public class Relay { dev.parley.signaling.Hub hub; }");
        write(sources, "dev.parley.signaling", "Hub", "public class Hub { dev.parley.turn.Relay relay; }");
        JavaClasses classes = compile(sources);

        assertThat(ArchitectureRules.relayKnowsNoHub.evaluate(classes).hasViolation())
                .isTrue();
        assertThat(ArchitectureRules.hubKnowsNoRelay.evaluate(classes).hasViolation())
                .isTrue();
        assertThat(ArchitectureRules.packagesHaveNoCycles.evaluate(classes).hasViolation())
                .isTrue();
        assertThat(ArchitectureRules.everyPackageIsNullMarked.evaluate(classes).hasViolation())
                .isTrue();
        assertThat(ArchitectureRules.layersPointDownward.evaluate(classes).hasViolation())
                .isFalse();
    }

    private void assertBroken(ArchRule rule, String members) throws IOException {
        assertThat(rule.evaluate(compile("dev.parley.x.core", members)).hasViolation())
                .as("%s should refuse: %s", rule.getDescription(), members)
                .isTrue();
    }

    private void assertKept(ArchRule rule, String members) throws IOException {
        assertThat(rule.evaluate(compile("dev.parley.x.core", members))
                        .getFailureReport()
                        .getDetails())
                .as("%s should accept: %s", rule.getDescription(), members)
                .isEmpty();
    }

    private JavaClasses compile(String packageName, String members) throws IOException {
        Path sources = Files.createTempDirectory(directory, "sample");
        write(sources, packageName, "Sample", "public class Sample { " + members + " }");
        return compile(sources);
    }

    private static void write(Path sources, String packageName, String name, String code) throws IOException {
        Path folder = Files.createDirectories(sources.resolve(packageName.replace('.', '/')));
        Files.writeString(folder.resolve(name + ".java"), "package " + packageName + ";\n" + code);
    }

    /** Compiled outside of the test classes, so the rules take it for main code. */
    private static JavaClasses compile(Path sources) throws IOException {
        Path classes = Files.createDirectories(sources.resolve("out"));
        var compiler = ToolProvider.getSystemJavaCompiler();
        try (var files = compiler.getStandardFileManager(null, null, null);
                var walk = Files.walk(sources)) {
            List<Path> found =
                    walk.filter(path -> path.toString().endsWith(".java")).toList();
            List<String> options = List.of("-d", classes.toString(), "-proc:none", "-implicit:none");
            boolean compiled = compiler.getTask(
                            null, files, null, options, null, files.getJavaFileObjectsFromPaths(found))
                    .call();
            assertThat(compiled).isTrue();
        }
        return new ClassFileImporter().importPath(classes);
    }
}
