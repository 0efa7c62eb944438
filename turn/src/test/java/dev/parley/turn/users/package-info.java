/** Tests of the sources of users. */
@NullMarked
package dev.parley.turn.users;

import org.jspecify.annotations.NullMarked;
