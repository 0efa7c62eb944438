/**
 * Waits, but not forever.
 * @template T
 * @param {number} millis
 * @param {Promise<T>} promise
 * @returns {Promise<T | null>} null when it takes longer
 */
export function within(millis, promise) {
  let timer;
  const late = new Promise((resolve) => (timer = setTimeout(() => resolve(null), millis)));
  return Promise.race([promise, late]).finally(() => clearTimeout(timer));
}
