package dev.parley.server;

import dev.parley.config.ApiConfig;
import dev.parley.config.ServerConfig;
import dev.parley.signaling.api.ApiCounters;
import dev.parley.signaling.api.ApiKey;
import dev.parley.signaling.api.ApiKeys;
import dev.parley.signaling.api.CredentialApi;
import dev.parley.signaling.api.HttpApi;
import dev.parley.signaling.api.IceMint;
import dev.parley.signaling.api.RoomApi;
import dev.parley.signaling.api.RoomService;
import dev.parley.signaling.api.TokenTerms;
import dev.parley.signaling.auth.Admission;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The HTTP API for programs as configured: its keys, and the relay users that have their credentials from it. */
final class Api implements AutoCloseable, Reload.Part {
    private final TokenTerms tokens;
    private final ApiKeys keys = new ApiKeys(List.of());
    private final ApiCounters counters = new ApiCounters();
    private final ApiUsers users;
    private final @Nullable WatchedFile<List<ApiKey>> file;

    private Api(ApiConfig config, Consumer<String> revocation) throws StartException {
        tokens = new TokenTerms(config.tokens(), config.tokenTtl(), config.tokenPerMinute());
        users = new ApiUsers(keys, config.tokens(), config.revocations(), revocation, System::nanoTime);
        Path path = config.keysFile();
        file = path == null ? null : ApiKeysFile.open(path, users);
    }

    /** @param revocation ends the allocations of a name */
    static Api open(ApiConfig config, Consumer<String> revocation) throws StartException {
        return new Api(config, revocation);
    }

    /** What is served; nothing if nobody may ask. */
    List<HttpApi> served(Admission admission, IceMint mint, RoomService rooms) {
        return file == null && !tokens.accepted()
                ? List.of()
                : List.of(
                        new CredentialApi(keys, tokens, admission, mint, users, counters, System::nanoTime),
                        new RoomApi(keys, rooms, counters, System::nanoTime));
    }

    /** What hosts of rooms do to those who have credentials for them. */
    SentOut sentOut() {
        return new SentOut(users, tokens.ttl());
    }

    ApiUsers users() {
        return users;
    }

    ApiCounters counters() {
        return counters;
    }

    /** The file of keys, or null if there is none. */
    @Nullable
    WatchedFile<?> file() {
        return file;
    }

    /** The file is watched anyway; who asks for a reload does not want to wait for that. */
    @Override
    public Runnable prepare(ServerConfig next) {
        return () -> {
            if (file != null) {
                file.reload();
            }
        };
    }

    @Override
    public void close() {
        if (file != null) {
            file.close();
        }
    }
}
