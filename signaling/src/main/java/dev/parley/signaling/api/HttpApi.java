package dev.parley.signaling.api;

import java.util.function.Consumer;

/** Some paths of the HTTP port that programs ask. Any thread; never blocks. */
public interface HttpApi {
    /** Whether a path is one of this API's; others are somebody else's. */
    boolean serves(String path);

    /** Whether pages of this origin may ask, as far as that can be told without a key. */
    boolean admitsOrigin(ApiRequest.PageOrigin origin);

    /** Answers exactly once, on any thread, with whatever comes of it. */
    void answer(ApiRequest request, Consumer<ApiAnswer> answer);
}
