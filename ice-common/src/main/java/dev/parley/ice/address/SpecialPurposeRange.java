package dev.parley.ice.address;

/**
 * A range that is not for talking to strangers.
 *
 * @param purpose what the range is for, in a few words for logs
 * @param source the document that says so
 */
public record SpecialPurposeRange(Cidr range, String purpose, String source) {}
