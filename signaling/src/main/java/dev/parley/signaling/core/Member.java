package dev.parley.signaling.core;

/** A session inside one room, with what it shows there. */
final class Member {
    final Session session;
    private Presence presence;

    Member(Session session, Presence presence) {
        this.session = session;
        this.presence = presence;
    }

    Presence presence() {
        return presence;
    }

    /** Called by {@link Room} alone, which keeps the sum of all presences. */
    void show(Presence changed) {
        presence = changed;
    }

    MemberView view() {
        return new MemberView(session.id, presence);
    }
}
