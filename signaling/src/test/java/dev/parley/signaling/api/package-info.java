/** Tests of the credential API. */
@NullMarked
package dev.parley.signaling.api;

import org.jspecify.annotations.NullMarked;
