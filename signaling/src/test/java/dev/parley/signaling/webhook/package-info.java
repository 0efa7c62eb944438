/** Tests of what is told to the operator's services, in virtual time. */
@NullMarked
package dev.parley.signaling.webhook;

import org.jspecify.annotations.NullMarked;
