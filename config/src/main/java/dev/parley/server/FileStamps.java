package dev.parley.server;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;

/** What tells one version of some files from another without reading them. */
record FileStamps(List<Stamp> stamps) {
    FileStamps {
        stamps = List.copyOf(stamps);
    }

    /** One file; one that is not there has a stamp too. */
    record Stamp(FileTime changed, long bytes) {
        private static final Stamp ABSENT = new Stamp(FileTime.fromMillis(0), -1);

        static Stamp of(Path file) {
            try {
                return new Stamp(Files.getLastModifiedTime(file), Files.size(file));
            } catch (IOException e) {
                return ABSENT;
            }
        }
    }

    static FileStamps of(List<Path> files) {
        List<Stamp> stamps = new ArrayList<>();
        files.forEach(file -> stamps.add(Stamp.of(file)));
        return new FileStamps(stamps);
    }
}
