/** The pure half of the WebTorrent tracker: the swarms and their peers. */
@NullMarked
package dev.parley.signaling.core.tracker;

import org.jspecify.annotations.NullMarked;
