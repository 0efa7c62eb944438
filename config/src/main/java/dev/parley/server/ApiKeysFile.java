package dev.parley.server;

import dev.parley.signaling.api.ApiKey;
import dev.parley.signaling.api.ApiKeyLines;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The file of API keys, as hashes. A key that is gone from it loses its credentials and their allocations. */
final class ApiKeysFile {
    private static final Logger LOG = LoggerFactory.getLogger("parley.api");

    private ApiKeysFile() {}

    /** Reads the file, which must be good, and watches it from then on. */
    static WatchedFile<List<ApiKey>> open(Path file, ApiUsers users) throws StartException {
        return WatchedFile.open("api.keys-file", file, "an API key", ApiKeysFile::read, keys -> {
            Set<String> gone = users.keysAre(keys);
            LOG.info("{}: {} API keys{}", file, keys.size(), gone.isEmpty() ? "" : ", gone are " + gone);
        });
    }

    private static WatchedFile.Content<List<ApiKey>> read(List<String> lines) {
        return switch (ApiKeyLines.read(lines)) {
            case ApiKeyLines.Result.Read(List<ApiKey> keys) -> new WatchedFile.Content.Good<>(keys);
            case ApiKeyLines.Result.Flawed(List<String> problems) -> new WatchedFile.Content.Flawed<>(problems);
        };
    }
}
