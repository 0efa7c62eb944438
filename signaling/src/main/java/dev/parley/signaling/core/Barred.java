package dev.parley.signaling.core;

/** Whom a ban means: the user where one is known, else everybody from the address. */
sealed interface Barred {
    record User(UserId id) implements Barred {}

    record Address(AddressPrefix prefix) implements Barred {}

    static Barred of(Session session) {
        UserId user = session.identity().user();
        return user == null ? new Address(AddressPrefix.of(session.remote())) : new User(user);
    }
}
