package dev.parley.it.tidy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.it.tidy.MethodLengths.MethodLength;
import dev.parley.it.tidy.SourceTree.SourceFile;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The limits that CONTRIBUTING.md sets for source text hold in every module. */
class TidyTest {
    private static final int FILE_LINES = 400;
    private static final int METHOD_LINES = 60;
    private static final int LINE_COLUMNS = 120;

    // Put together from halves, so that this file does not break its own rules.
    private static final Pattern POSTPONED = Pattern.compile("\\b(TO" + "DO|FIX" + "ME|XX" + "X)\\b");
    private static final Pattern SLEEP = Pattern.compile("Thread\\.sl" + "eep\\b|TimeUnit\\.\\w+\\.sl" + "eep\\b");
    private static final Pattern LOCK = Pattern.compile("\\bsynchro" + "nized\\b");
    private static final Pattern MACHINE_PATH = Pattern.compile("(?<![\\w.$}])/(ro" + "ot|wo" + "rk|ho" + "me)/\\w");
    private static final Pattern SOCKET =
            Pattern.compile("new (Server|Datagram)?Socket\\(|import java\\.nio\\.channels\\.");
    private static final Pattern WORD = Pattern.compile("\\w+");
    private static final Pattern DECLARATION = Pattern.compile("\\b(class|interface|record|enum)\\s+\\w");

    private static final SourceTree tree = SourceTree.read();

    @Test
    void theTreeIsFound() {
        assertThat(tree.files(SourceFile::isMainJava)).isNotEmpty();
    }

    @Test
    void noFileIsLongerThanItsReaderHasPatienceFor() {
        assertThat(tree.files().stream()
                        .filter(file -> !file.name().endsWith(".xml"))
                        // Generated from the configuration's records, and read by searching it.
                        .filter(file -> !file.name().equals("docs/config.example.yaml"))
                        .filter(file -> file.lines().size() > FILE_LINES)
                        .map(file -> file.name() + " has " + file.lines().size() + " lines"))
                .isEmpty();
    }

    @Test
    void noMethodIsLongerThanAScreen() {
        List<MethodLength> lengths = MethodLengths.of(tree.files(SourceFile::isJava));
        assertThat(lengths).isNotEmpty();
        assertThat(lengths).filteredOn(method -> method.lines() > METHOD_LINES).isEmpty();
    }

    @Test
    void noLineIsWiderThanTheLimit() {
        assertThat(linesThat(file -> !file.name().endsWith(".xml"), line -> line.length() > LINE_COLUMNS))
                .isEmpty();
    }

    @Test
    void nothingIsPostponedInAComment() {
        assertThat(linesWith(file -> true, POSTPONED)).isEmpty();
    }

    @Test
    void unitTestsAndSimulationsNeverSleep() {
        assertThat(linesWith(TidyTest::isUnitTest, SLEEP)).isEmpty();
    }

    @Test
    void unitTestsOpenNoSockets() {
        assertThat(linesWith(TidyTest::isUnitTest, SOCKET)).isEmpty();
    }

    @Test
    void coresHoldNoLocks() {
        Predicate<SourceFile> inCore = file -> file.isMainJava() && file.name().contains("/core/");
        assertThat(linesWith(inCore, LOCK)).isEmpty();
    }

    @Test
    void nothingNamesAPathOfOneMachine() {
        assertThat(linesWith(file -> true, MACHINE_PATH)).isEmpty();
    }

    @Test
    void everyJavaFileDeclaresSomethingAndEveryFileHasText() {
        assertThat(tree.files().stream()
                        .filter(file -> file.text().isBlank()
                                || (isTypeFile(file)
                                        && !DECLARATION.matcher(file.text()).find()))
                        .map(SourceFile::name))
                .isEmpty();
    }

    @Test
    void everyMainTypeIsUsedByAnotherMainFileOrIsAProgram() {
        List<SourceFile> mainFiles = tree.files(SourceFile::isMainJava);
        Set<String> usedElsewhere = new HashSet<>();
        for (SourceFile file : mainFiles) {
            Set<String> words = words(file);
            words.remove(file.simpleName());
            usedElsewhere.addAll(words);
        }
        assertThat(mainFiles.stream()
                        .filter(TidyTest::isTypeFile)
                        .filter(file -> !usedElsewhere.contains(file.simpleName()))
                        .filter(file -> !file.text().contains("static void main("))
                        .map(SourceFile::name))
                .isEmpty();
    }

    private static Set<String> words(SourceFile file) {
        Set<String> words = new HashSet<>();
        WORD.matcher(file.text()).results().forEach(match -> words.add(match.group()));
        return words;
    }

    private static boolean isTypeFile(SourceFile file) {
        return file.isJava() && !file.name().endsWith("-info.java");
    }

    private static boolean isUnitTest(SourceFile file) {
        return file.isJava()
                && (file.name().endsWith("Test.java") || file.name().endsWith("SimTest.java"));
    }

    private static Stream<String> linesWith(Predicate<SourceFile> wanted, Pattern pattern) {
        return linesThat(wanted, line -> pattern.matcher(line).find());
    }

    private static Stream<String> linesThat(Predicate<SourceFile> wanted, Predicate<String> bad) {
        return tree.files(wanted).stream()
                .flatMap(file -> IntStream.range(0, file.lines().size())
                        .filter(index -> bad.test(file.lines().get(index)))
                        .mapToObj(index -> file.name() + ":" + (index + 1) + ": "
                                + file.lines().get(index).strip()));
    }
}
