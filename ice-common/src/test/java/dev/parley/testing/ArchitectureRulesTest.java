package dev.parley.testing;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.simpleName;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchRule;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A rule that cannot fail holds nothing: each is shown small classes that break it, and some that do not. All samples
 * are compiled together, outside of the test classes, so that the rules take them for main code.
 */
class ArchitectureRulesTest {
    private final Map<String, ArchRule> brokenRulesBySample = new LinkedHashMap<>();
    private final Map<String, ArchRule> keptRulesBySample = new LinkedHashMap<>();
    private final List<String> samples = new ArrayList<>();

    @TempDir
    Path sources;

    @Test
    void rulesRefuseWhatBreaksThemAndNothingElse() throws IOException {
        purity();
        knowledge();
        sharing();
        order();
        values();
        program();
        for (int index = 0; index < samples.size(); index++) {
            write("dev.parley.x.core", "Sample" + index, "class Sample" + index + " { " + samples.get(index) + " }");
        }
        JavaClasses classes = compile();

        brokenRulesBySample.forEach((name, rule) -> assertThat(isBroken(rule, classes, name))
                .as("'%s' should refuse %s", rule.getDescription(), name)
                .isTrue());
        keptRulesBySample.forEach((name, rule) -> assertThat(isBroken(rule, classes, name))
                .as("'%s' should accept %s", rule.getDescription(), name)
                .isFalse());
    }

    private void purity() {
        ArchRule rule = CoreRules.coreAsksForNoClockRandomnessThreadOrEnvironment;
        refuses(rule, "long f() { return System.nanoTime(); }");
        refuses(rule, "java.util.function.Supplier<java.time.Instant> f() { return java.time.Instant::now; }");
        refuses(rule, "void f() { new java.util.Random(); }");
        refuses(rule, "void f() { new java.security.SecureRandom(); }");
        refuses(rule, "void f() { Runnable r = () -> Thread.ofVirtual().start(() -> {}); r.run(); }");
        refuses(rule, "String f() { return System.getenv(\"X\"); }");
        accepts(rule, "int f(java.util.random.RandomGenerator random) { return random.nextInt(5); }");
        accepts(rule, "java.time.Instant f(java.time.InstantSource clock) { return clock.instant(); }");
    }

    private void knowledge() {
        ArchRule rule = CoreRules.coreKnowsOnlyPureThings;
        refuses(rule, "java.util.concurrent.atomic.AtomicLong count;");
        refuses(rule, "java.util.concurrent.ConcurrentHashMap<String, String> map;");
        refuses(rule, "java.net.InetSocketAddress address;");
        refuses(rule, "java.util.logging.Logger logger;");
        refuses(rule, "java.nio.channels.Channel channel;");
        accepts(
                rule,
                "long f(io.netty.buffer.ByteBuf b, dev.parley.ice.address.IpAddress a) "
                        + "{ return java.util.concurrent.TimeUnit.SECONDS.toNanos(b.getByte(0)); }");
    }

    private void sharing() {
        refuses(CoreRules.coreSharesNothingVolatile, "volatile int count;");
        refuses(CoreRules.coreSynchronizesNothing, "synchronized void f() {}");
        refuses(CoreRules.coreStoresNoBuffer, "io.netty.buffer.ByteBuf kept;");
        refuses(CoreRules.coreOnlyBorrowsBuffers, "void f(io.netty.buffer.ByteBuf b) { b.retainedSlice(); }");
        refuses(CoreRules.coreOnlyBorrowsBuffers, "void f(io.netty.buffer.ByteBuf b) { b.release(); }");
        accepts(CoreRules.coreOnlyBorrowsBuffers, "int f(io.netty.buffer.ByteBuf b) { return b.readInt(); }");
    }

    private void order() {
        String map = "Object map = new java.util.HashMap<String, String>();";
        refuses(CoreRules.unorderedMapsOnlyIn(), map);
        refuses(CoreRules.unorderedMapsOnlyIn("Other"), map);
        refuses(CoreRules.unorderedMapsOnlyIn(), "Object set = java.util.Set.of(1, 2);");
        refuses(
                CoreRules.unorderedMapsOnlyIn(),
                "Object f(java.util.stream.Stream<String> s) "
                        + "{ return s.collect(java.util.stream.Collectors.toSet()); }");
        accepts(CoreRules.unorderedMapsOnlyIn("Sample" + samples.size()), map);
        accepts(CoreRules.unorderedMapsOnlyIn(), "Object m = new java.util.LinkedHashMap<>(java.util.Map.of(1, 2));");
    }

    private void values() {
        refuses(ArchitectureRules.recordsHoldNoArrays, "record Inner(byte[] bytes) {}");
        accepts(ArchitectureRules.recordsHoldNoArrays, "record Inner(String text) { static final int[] A = {}; }");
        ArchRule rule = ArchitectureRules.sealedAlternativesAreRecordsOrEnums;
        refuses(rule, "interface ThingEvent {}");
        refuses(rule, "sealed interface ThingEvent {} static final class A implements ThingEvent {}");
        accepts(
                rule,
                "sealed interface ThingEvent {} record A() implements ThingEvent {} "
                        + "enum B implements ThingEvent { X, Y { public String toString() { return \"\"; } } }");
    }

    private void program() {
        refuses(ArchitectureRules.onlyTheProgramReadsTheEnvironmentOrExits, "void f() { System.exit(1); }");
        ArchRule rule = ArchitectureRules.randomnessIsSecure;
        refuses(rule, "double f() { return Math.random(); }");
        refuses(rule, "Object f() { return new java.util.Random(); }");
        refuses(rule, "int f() { return java.util.concurrent.ThreadLocalRandom.current().nextInt(); }");
        accepts(rule, "int f() { return new java.security.SecureRandom().nextInt(5); }");
    }

    @Test
    void publicClassesOfTheCoreMustBeListed() throws IOException {
        write("dev.parley.x.core", "Door", "public class Door {}");
        JavaClasses classes = compile();

        assertThat(CoreRules.onlyThesePublic("Other").evaluate(classes).hasViolation())
                .isTrue();
        assertThat(CoreRules.onlyThesePublic("Door").evaluate(classes).hasViolation())
                .isFalse();
    }

    @Test
    void effectsMustBeRunInOnePlace() throws IOException {
        write(
                "dev.parley.x.core",
                "ThingEffect",
                "public sealed interface ThingEffect { record Close(int id) implements ThingEffect {} }");
        String asks = "{ boolean f(dev.parley.x.core.ThingEffect e) "
                + "{ return e instanceof dev.parley.x.core.ThingEffect.Close; } }";
        write("dev.parley.x", "Asker", "class Asker" + asks);
        write("dev.parley.x", "ThingEffects", "class ThingEffects" + asks);
        write(
                "dev.parley.x",
                "Switcher",
                "class Switcher { int f(dev.parley.x.core.ThingEffect e) "
                        + "{ return switch (e) { case dev.parley.x.core.ThingEffect.Close(int id) -> id; }; } }");
        write(
                "dev.parley.x",
                "Maker",
                "class Maker { dev.parley.x.core.ThingEffect f() "
                        + "{ return new dev.parley.x.core.ThingEffect.Close(1); } }");

        assertThat(ArchitectureRules.effectsAreRunInOnePlace
                        .evaluate(compile())
                        .getFailureReport()
                        .getDetails())
                .anyMatch(detail -> detail.contains("dev.parley.x.Asker"))
                .anyMatch(detail -> detail.contains("dev.parley.x.Switcher"))
                .noneMatch(detail -> detail.contains("dev.parley.x.ThingEffects"))
                .noneMatch(detail -> detail.contains("dev.parley.x.Maker"));
    }

    @Test
    void layersAndCyclesAndUnmarkedPackagesAreSeen() throws IOException {
        write("dev.parley.turn", "Relay", "public class Relay { dev.parley.signaling.Hub hub; }");
        write("dev.parley.signaling", "Hub", "public class Hub { dev.parley.turn.Relay relay; }");
        write("dev.parley.server", "Main", "class Main { void f() { System.exit(1); } }");
        JavaClasses classes = compile();

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
        assertThat(ArchitectureRules.onlyTheProgramReadsTheEnvironmentOrExits
                        .evaluate(classes)
                        .hasViolation())
                .isFalse();
    }

    private void refuses(ArchRule rule, String members) {
        brokenRulesBySample.put("Sample" + samples.size(), rule);
        samples.add(members);
    }

    private void accepts(ArchRule rule, String members) {
        keptRulesBySample.put("Sample" + samples.size(), rule);
        samples.add(members);
    }

    /** Nested classes belong to their sample. */
    private static boolean isBroken(ArchRule rule, JavaClasses classes, String sample) {
        JavaClasses chosen = classes.that(simpleName(sample)
                .or(describe("nested", type -> type.getName().contains("." + sample + "$"))));
        return rule.evaluate(chosen).hasViolation();
    }

    private void write(String packageName, String name, String code) throws IOException {
        Path folder = Files.createDirectories(sources.resolve(packageName.replace('.', '/')));
        Files.writeString(folder.resolve(name + ".java"), "package " + packageName + ";\n" + code);
    }

    private JavaClasses compile() throws IOException {
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
