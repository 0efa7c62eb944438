/** Every attribute of STUN, TURN and their extensions as a small record. */
@NullMarked
package dev.parley.ice.stun.attribute;

import org.jspecify.annotations.NullMarked;
