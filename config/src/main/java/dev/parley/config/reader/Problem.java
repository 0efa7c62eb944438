package dev.parley.config.reader;

/** One thing that is wrong with a configuration: where, and what, naming the key. Never quotes a secret. */
public record Problem(Origin origin, String text) {
    @Override
    public String toString() {
        return origin instanceof Origin.Default ? text : origin + ": " + text;
    }
}
