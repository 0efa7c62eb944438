package dev.parley.signaling.api;

import java.time.Duration;

/**
 * What holders of room tokens get from the API.
 *
 * @param accepted whether they get anything
 * @param ttl of a credential, and the longest that may be asked for; never past the end of the token
 * @param perMinute credentials of one user
 */
public record TokenTerms(boolean accepted, Duration ttl, int perMinute) {}
