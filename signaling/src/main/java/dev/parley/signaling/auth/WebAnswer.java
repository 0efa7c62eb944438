package dev.parley.signaling.auth;

/** What another server answered: the status, and a body that is not larger than asked for. */
record WebAnswer(int status, String body) {}
