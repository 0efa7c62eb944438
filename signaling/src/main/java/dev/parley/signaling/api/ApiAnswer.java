package dev.parley.signaling.api;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the API answers. Never to be stored by anybody on the way.
 *
 * @param body JSON, or nothing
 * @param headers beside those that every answer has
 * @param problem why it is a refusal; null if it is none
 */
public record ApiAnswer(
        int status,
        String body,
        List<Header> headers,
        @Nullable ApiProblem problem) {
    private static final int NO_CONTENT = 204;

    public ApiAnswer {
        headers = List.copyOf(headers);
    }

    /** One header field; there may be several of a name. */
    public record Header(String name, String value) {
        @Override
        public String toString() {
            return "Header[" + name + "]";
        }
    }

    static ApiAnswer of(int status, String body) {
        return new ApiAnswer(status, body, List.of(), null);
    }

    static ApiAnswer nothing() {
        return of(NO_CONTENT, "");
    }

    static ApiAnswer problem(ApiProblem problem) {
        ApiAnswer answer = new ApiAnswer(problem.status(), problem.body(), List.of(), problem);
        // RFC 9110 section 11.6.1: a 401 says how to do better.
        return problem.status() == 401 ? answer.with("WWW-Authenticate", "Bearer realm=\"parley\"") : answer;
    }

    ApiAnswer with(String name, String value) {
        return with(name, List.of(value));
    }

    ApiAnswer with(String name, List<String> values) {
        List<Header> all = new ArrayList<>(headers);
        values.forEach(value -> all.add(new Header(name, value)));
        return new ApiAnswer(status, body, all, problem);
    }

    @Override
    public String toString() {
        return "ApiAnswer[" + status + "]";
    }
}
