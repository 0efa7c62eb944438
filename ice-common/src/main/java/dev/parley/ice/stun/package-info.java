/** STUN messages: bytes to records and back, integrity, fingerprints, and telling STUN from its neighbours. */
@NullMarked
package dev.parley.ice.stun;

import org.jspecify.annotations.NullMarked;
