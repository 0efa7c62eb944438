/** What the tests of every module share: architecture rules, seeded generators, leak checks. */
@NullMarked
package dev.parley.testing;

import org.jspecify.annotations.NullMarked;
