/**
 * Tells the operator's own services what happens in rooms: signed, repeated until it is taken, and never waited
 * for.
 */
@NullMarked
package dev.parley.signaling.webhook;

import org.jspecify.annotations.NullMarked;
