package dev.parley.signaling.api;

import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The addresses under which apps expect credentials, each with the shape it stands for. */
enum ApiRoute {
    OWN("/api/v1/ice-servers", "GET, POST", CredentialShape.PARLEY),
    REVOKE("/api/v1/ice-servers/(?<username>[^/]+)", "DELETE", CredentialShape.PARLEY),
    MATRIX("/_matrix/client/(?:v3|r0)/voip/turnServer", "GET", CredentialShape.MATRIX),
    CLOUDFLARE("/v1/turn/keys/(?<id>[^/]+)/credentials/generate-ice-servers", "POST", CredentialShape.CLOUDFLARE),
    CLOUDFLARE_REVOKE(
            "/v1/turn/keys/(?<id>[^/]+)/credentials/(?<username>[^/]+)/revoke", "POST", CredentialShape.CLOUDFLARE),
    TWILIO("/2010-04-01/Accounts/(?<account>[^/]+)/Tokens\\.json", "POST", CredentialShape.TWILIO),
    METERED("/api/v1/turn/credentials", "GET", CredentialShape.METERED),
    METERED_NEW("/api/v1/turn/credential", "POST", CredentialShape.METERED_NEW);

    private final Pattern path;
    private final String methods;
    private final CredentialShape shape;

    ApiRoute(String path, String methods, CredentialShape shape) {
        this.path = Pattern.compile(path);
        this.methods = methods;
        this.shape = shape;
    }

    static @Nullable ApiRoute find(String requested) {
        for (ApiRoute route : values()) {
            if (route.path.matcher(requested).matches()) {
                return route;
            }
        }
        return null;
    }

    boolean allows(String method) {
        return methods.contains(method) && !method.isBlank();
    }

    /** As the header Allow names them. */
    String methods() {
        return methods;
    }

    CredentialShape shape() {
        return shape;
    }

    boolean revokes() {
        return this == REVOKE || this == CLOUDFLARE_REVOKE;
    }

    /** The key's id where the path names it, or null. */
    @Nullable
    String keyId(String requested) {
        return part(requested, "id");
    }

    /** The user to be revoked; empty if this route names none. */
    String username(String requested) {
        String username = part(requested, "username");
        return username == null ? "" : username;
    }

    private @Nullable String part(String requested, String name) {
        Map<String, Integer> groups = path.namedGroups();
        Matcher matcher = path.matcher(requested);
        return matcher.matches() && groups.containsKey(name) ? matcher.group(name) : null;
    }
}
