/** Tests of credentials and nonces. */
@NullMarked
package dev.parley.ice.credential;

import org.jspecify.annotations.NullMarked;
