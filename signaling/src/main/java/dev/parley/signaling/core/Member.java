package dev.parley.signaling.core;

/** A session inside one room, with what it shows there. */
final class Member {
    final Session session;
    private Role role;
    private boolean appointed;
    private Presence presence;

    /**
     * @param appointed whether the role comes from a token, so that it is not inherited
     */
    Member(Session session, Role role, boolean appointed, Presence presence) {
        this.session = session;
        this.role = role;
        this.appointed = appointed;
        this.presence = presence;
    }

    Role role() {
        return role;
    }

    /** Whether its role comes from a token: then no other falls to it by itself. */
    boolean isAppointed() {
        return appointed;
    }

    void appointed(boolean byToken) {
        appointed = byToken;
    }

    void become(Role newRole) {
        role = newRole;
    }

    Presence presence() {
        return presence;
    }

    /** Called by {@link Room} alone, which keeps the sum of all presences. */
    void show(Presence changed) {
        presence = changed;
    }

    MemberView view() {
        return new MemberView(session.id, role, presence);
    }
}
