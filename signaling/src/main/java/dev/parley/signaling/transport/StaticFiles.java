package dev.parley.signaling.transport;

import java.io.IOException;
import java.io.InputStream;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The files of browser client and pages, from the class path folder {@code /web}. Kept in memory once read; only
 * files that exist are kept, so asking for others fills nothing.
 */
final class StaticFiles {
    /** Plain names with an extension, in plain folders: nothing that could leave the folder or name one. */
    private static final Pattern PATH = Pattern.compile("(/[A-Za-z0-9_-]+)*/[A-Za-z0-9_-]+(\\.[a-z0-9]+)+");

    private static final Map<String, String> TYPE_BY_EXTENSION = Map.ofEntries(
            Map.entry("html", "text/html; charset=utf-8"),
            Map.entry("js", "text/javascript; charset=utf-8"),
            Map.entry("mjs", "text/javascript; charset=utf-8"),
            Map.entry("ts", "text/plain; charset=utf-8"),
            Map.entry("css", "text/css; charset=utf-8"),
            Map.entry("json", "application/json"),
            Map.entry("webmanifest", "application/manifest+json"),
            Map.entry("svg", "image/svg+xml"),
            Map.entry("png", "image/png"),
            Map.entry("ico", "image/x-icon"),
            Map.entry("txt", "text/plain; charset=utf-8"));

    private final String folder;
    private final Map<String, StaticFile> fileByPath = new ConcurrentHashMap<>();

    StaticFiles(String folder) {
        this.folder = folder;
    }

    /** The file at this path of the URL, without query; a path that ends in a slash means its index page. */
    @Nullable
    StaticFile find(String path) {
        String file = path.endsWith("/") ? path + "index.html" : path;
        StaticFile known = fileByPath.get(file);
        if (known != null || !PATH.matcher(file).matches()) {
            return known;
        }
        String type = TYPE_BY_EXTENSION.get(file.substring(file.lastIndexOf('.') + 1));
        StaticFile read = type == null ? null : read(file, type);
        if (read != null) {
            fileByPath.put(file, read);
        }
        return read;
    }

    private @Nullable StaticFile read(String file, String type) {
        try (InputStream stream = StaticFiles.class.getResourceAsStream(folder + file)) {
            return stream == null ? null : new StaticFile(type, stream.readAllBytes());
        } catch (IOException unreadable) {
            return null;
        }
    }
}
