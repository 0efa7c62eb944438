package dev.parley.signaling.api;

import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/** What the API has done since the start; any thread. */
public final class ApiCounters {
    private final Map<CredentialShape, LongAdder> minted = new EnumMap<>(CredentialShape.class);
    private final Map<ApiProblem, LongAdder> refused = new EnumMap<>(ApiProblem.class);
    /** Keys are the operator's, so there are not many. */
    private final Map<String, LongAdder> mintedByKey = new ConcurrentHashMap<>();

    private final LongAdder revocations = new LongAdder();
    private final LongAdder orders = new LongAdder();

    /** All at zero. */
    public ApiCounters() {
        for (CredentialShape shape : CredentialShape.values()) {
            minted.put(shape, new LongAdder());
        }
        for (ApiProblem problem : ApiProblem.values()) {
            refused.put(problem, new LongAdder());
        }
    }

    void minted(CredentialShape shape, String keyId) {
        minted.getOrDefault(shape, new LongAdder()).increment();
        mintedByKey.computeIfAbsent(keyId, id -> new LongAdder()).increment();
    }

    void refused(ApiProblem problem) {
        refused.getOrDefault(problem, new LongAdder()).increment();
    }

    void ordered() {
        orders.increment();
    }

    void revoked() {
        revocations.increment();
    }

    /** Credentials given in this shape. */
    public long minted(CredentialShape shape) {
        return minted.getOrDefault(shape, new LongAdder()).sum();
    }

    /** Ids of keys that got credentials; the empty one stands for all tokens. */
    public Iterable<String> keyIds() {
        return mintedByKey.keySet();
    }

    /** Credentials given to this key. */
    public long mintedTo(String keyId) {
        return mintedByKey.getOrDefault(keyId, new LongAdder()).sum();
    }

    /** Requests refused for this reason. */
    public long refusals(ApiProblem problem) {
        return refused.getOrDefault(problem, new LongAdder()).sum();
    }

    /** Changes of rooms that keys have ordered. */
    public long orders() {
        return orders.sum();
    }

    /** Users whose credentials were revoked by their key. */
    public long revocations() {
        return revocations.sum();
    }
}
