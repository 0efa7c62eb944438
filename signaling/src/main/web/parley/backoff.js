/** When to try again after the connection to the hub was lost. */
import { randomFraction } from './random.js';

const FIRST_DELAY_MILLIS = 500;
const LONGEST_DELAY_MILLIS = 20_000;

/**
 * Doubles with each attempt up to 20 seconds; half of it is chance, so that the members of a restarted hub do
 * not all
 * come back in the same moment.
 * @param {number} attempt 0 for the first
 * @param {() => number} fraction source of chance in [0, 1)
 * @returns {number} milliseconds to wait
 */
export function reconnectDelayMillis(attempt, fraction = randomFraction) {
  const longest = Math.min(LONGEST_DELAY_MILLIS, FIRST_DELAY_MILLIS * 2 ** Math.min(attempt, 16));
  return Math.round(longest / 2 + (longest / 2) * fraction());
}
