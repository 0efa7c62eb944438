/** Randomness from the browser's secure source, which exists on plain HTTP pages too. */

/** Letters and digits that cannot be mistaken for each other when read aloud: 32 of them, so five bits each. */
const ALPHABET = 'abcdefghijkmnpqrstuvwxyz23456789';

/**
 * A name nobody guesses: five bits a character.
 * @param {number} characters how many
 * @returns {string}
 */
export function randomText(characters) {
  return Array.from(crypto.getRandomValues(new Uint8Array(characters)), (byte) => ALPHABET[byte % 32]).join('');
}

/** @returns {number} evenly spread in [0, 1) */
export function randomFraction() {
  return crypto.getRandomValues(new Uint32Array(1))[0] / 0x100000000;
}
