package dev.parley.signaling.core;

/** A session inside one room, with what it shows there. */
final class Member {
    final Session session;
    private Role role;
    private Presence presence;

    Member(Session session, Role role, Presence presence) {
        this.session = session;
        this.role = role;
        this.presence = presence;
    }

    Role role() {
        return role;
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
