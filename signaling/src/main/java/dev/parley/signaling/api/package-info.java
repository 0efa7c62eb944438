/** What programs ask over HTTP: TURN credentials, for whom and in which shape. */
@NullMarked
package dev.parley.signaling.api;

import org.jspecify.annotations.NullMarked;
