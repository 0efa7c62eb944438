package dev.parley.turn.core;

import dev.parley.ice.address.TransportAddress;
import dev.parley.ice.credential.LongTermKey;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A TURN client of the tests.
 *
 * @param username of its credential
 * @param password of its credential
 */
record TestClient(ClientKey key, String username, String password) {
    /** Made once, for the tests that sign a hundred thousand requests. */
    private static final Map<String, LongTermKey> KEYS = new ConcurrentHashMap<>();

    static TestClient of(String address, String username) {
        return new TestClient(new ClientKey(TransportAddress.parse(address), 1), username, "secret of " + username);
    }

    /** A client of the first listener of a transport. */
    static TestClient over(ClientTransport transport, String address, String username) {
        ClientKey key = new ClientKey(TransportAddress.parse(address), transport.listener(0));
        return new TestClient(key, username, "secret of " + username);
    }

    String name() {
        return FakeUsers.nameOf(username);
    }

    TransportAddress address() {
        return key.address();
    }

    LongTermKey longTermKey() {
        return KEYS.computeIfAbsent(
                username + "/" + password, _ -> LongTermKey.ofPassword(username, TurnFixture.REALM, password));
    }

    /** The same user on another port. */
    TestClient onPort(int port) {
        return new TestClient(new ClientKey(key.address().withPort(port), key.listener()), username, password);
    }
}
