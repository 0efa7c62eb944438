package dev.parley.it.tidy;

import dev.parley.it.fixture.Checkout;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/** The text files of the checkout, without what tools build or install. */
final class SourceTree {
    private static final Set<String> NOT_OURS = Set.of("target", "node_modules", ".git", ".mvn", ".idea");
    private static final Set<String> CODE_ENDINGS =
            Set.of("java", "js", "mjs", "ts", "css", "html", "c", "h", "sh", "xml", "yaml", "yml");

    private final List<SourceFile> files;

    private SourceTree(List<SourceFile> files) {
        this.files = List.copyOf(files);
    }

    /** One file; its name is relative to the root of the checkout, with forward slashes. */
    record SourceFile(String name, List<String> lines) {
        boolean isJava() {
            return name.endsWith(".java");
        }

        boolean isMainJava() {
            return isJava() && name.contains("/src/main/java/");
        }

        /** The type a Java file is named after. */
        String simpleName() {
            String last = name.substring(name.lastIndexOf('/') + 1);
            return last.substring(0, last.indexOf('.'));
        }

        String text() {
            return String.join("\n", lines);
        }
    }

    static SourceTree read() {
        List<SourceFile> found = new ArrayList<>();
        Path root = Checkout.root();
        try {
            Files.walkFileTree(root, new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
                    boolean skip = NOT_OURS.contains(folder.getFileName().toString()) && !folder.equals(root);
                    return skip ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                    if (isCode(file)) {
                        String name = root.relativize(file).toString().replace('\\', '/');
                        found.add(new SourceFile(name, Files.readAllLines(file)));
                    }
                    return FileVisitResult.CONTINUE;
                }
            });
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new SourceTree(found);
    }

    List<SourceFile> files() {
        return files;
    }

    List<SourceFile> files(Predicate<SourceFile> wanted) {
        return files.stream().filter(wanted).toList();
    }

    private static boolean isCode(Path file) {
        String name = file.getFileName().toString();
        if (name.equals("package-lock.json") || !Files.isRegularFile(file)) {
            return false;
        }
        int dot = name.lastIndexOf('.');
        return dot < 0 ? isShellScript(file) : CODE_ENDINGS.contains(name.substring(dot + 1));
    }

    private static boolean isShellScript(Path file) {
        try (var reader = Files.newInputStream(file)) {
            return new String(reader.readNBytes(2), StandardCharsets.ISO_8859_1).equals("#!");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
