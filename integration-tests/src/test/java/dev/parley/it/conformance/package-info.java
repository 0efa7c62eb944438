/**
 * One test for each requirement of RFC 8489 and RFC 8656 that can be seen from outside of a server, which can be run
 * against any server; docs/conformance.md says how.
 */
@NullMarked
package dev.parley.it.conformance;

import org.jspecify.annotations.NullMarked;
