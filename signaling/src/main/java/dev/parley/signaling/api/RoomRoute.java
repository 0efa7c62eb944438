package dev.parley.signaling.api;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The addresses of rooms and their members. */
enum RoomRoute {
    ROOM("/api/v1/rooms/([^/]+)", "GET, PUT, DELETE"),
    MEMBERS("/api/v1/rooms/([^/]+)/members", "GET"),
    MEMBER("/api/v1/rooms/([^/]+)/members/([^/]+)", "DELETE");

    private final Pattern path;
    private final String methods;

    RoomRoute(String path, String methods) {
        this.path = Pattern.compile(path);
        this.methods = methods;
    }

    /** A request for one of them. */
    record Target(RoomRoute route, String room, String member) {}

    static @Nullable Target find(String requested) {
        for (RoomRoute route : values()) {
            Matcher matcher = route.path.matcher(requested);
            if (matcher.matches()) {
                return new Target(route, matcher.group(1), matcher.groupCount() > 1 ? matcher.group(2) : "");
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
}
