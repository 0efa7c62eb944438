/** Tests of what a session is given on arrival. */
@NullMarked
package dev.parley.signaling.auth;

import org.jspecify.annotations.NullMarked;
