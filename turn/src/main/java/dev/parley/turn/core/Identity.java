package dev.parley.turn.core;

import dev.parley.ice.credential.KeyAlgorithm;
import dev.parley.ice.credential.LongTermKey;
import dev.parley.ice.stun.IntegrityAlgorithm;

/**
 * Who signed a request.
 *
 * @param username as sent in USERNAME or meant by USERHASH
 * @param name whom quotas, scope and revocation mean; all requests of an allocation must come from the same one
 * @param key what the request was signed with, and the answer will be
 * @param algorithm that made the key
 * @param integrity how the answer is signed
 */
record Identity(String username, String name, LongTermKey key, KeyAlgorithm algorithm, IntegrityAlgorithm integrity) {

    Identity answeredWith(IntegrityAlgorithm answer) {
        return new Identity(username, name, key, algorithm, answer);
    }
}
