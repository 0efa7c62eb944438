/** The demo page in real browsers, and the client's own logic. */
@NullMarked
package dev.parley.it.browser;

import org.jspecify.annotations.NullMarked;
