package dev.parley.server;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import org.jspecify.annotations.Nullable;

/** The reasons of file errors as words; the exceptions of the JDK often say only the path. */
final class IoReason {
    private IoReason() {}

    static String of(IOException e) {
        return switch (e) {
            case AccessDeniedException denied -> "permission denied" + path(denied.getFile());
            case NoSuchFileException missing -> "no such file" + path(missing.getFile());
            case FileAlreadyExistsException existing -> "in the way is" + path(existing.getFile());
            case NotDirectoryException file -> "not a directory" + path(file.getFile());
            default -> String.valueOf(e.getMessage());
        };
    }

    private static String path(@Nullable String file) {
        return file == null ? "" : " " + file;
    }
}
