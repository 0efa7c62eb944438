package dev.parley.signaling.auth;

/**
 * What somebody shows to be let in. Whoever has it is let in as well, so it is not printed.
 *
 * @param text as it came, of any length and content
 */
public record BearerToken(String text) {
    @Override
    public String toString() {
        return "BearerToken[***]";
    }
}
