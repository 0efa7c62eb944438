package dev.parley.turn.core;

import dev.parley.ice.credential.LongTermKey;
import dev.parley.ice.stun.IntegrityAlgorithm;

/**
 * Who signed a request.
 *
 * @param username USERNAME as sent; all requests of an allocation must carry the same one (RFC 8656 section 5)
 * @param name whom quotas, scope and revocation mean
 * @param key what the request was signed with, and the answer will be
 * @param integrity how it was signed
 */
record Identity(String username, String name, LongTermKey key, IntegrityAlgorithm integrity) {}
