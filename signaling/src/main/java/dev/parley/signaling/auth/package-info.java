/** What a session is given on arrival: the ICE servers and the credentials to use them. */
@NullMarked
package dev.parley.signaling.auth;

import org.jspecify.annotations.NullMarked;
