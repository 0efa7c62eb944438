@NullMarked
package dev.parley.ice;

import org.jspecify.annotations.NullMarked;
