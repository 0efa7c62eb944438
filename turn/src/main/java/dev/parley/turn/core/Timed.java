package dev.parley.turn.core;

/** What has a time-to-expiry of its own. */
sealed interface Timed permits Relay, Permission, PeerRoute, PortHold, PeerConnection {}
