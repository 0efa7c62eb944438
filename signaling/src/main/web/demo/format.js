/** Numbers as people read them. */

const UNITS = ['bytes', 'kB', 'MB', 'GB', 'TB'];

/**
 * @param {number} bytes
 * @returns {string} such as `20.3 MB`
 */
export function formatBytes(bytes) {
  let amount = bytes;
  let unit = 0;
  while (amount >= 999.5 && unit < UNITS.length - 1) {
    amount /= 1000;
    unit++;
  }
  if (unit === 0) return bytes === 1 ? '1 byte' : `${bytes} bytes`;
  return `${amount < 9.95 ? amount.toFixed(1) : Math.round(amount)} ${UNITS[unit]}`;
}

/**
 * @param {number} seconds
 * @returns {string} such as `3 min left`
 */
export function formatRemaining(seconds) {
  if (seconds < 1) return 'almost done';
  if (seconds < 90) return `${Math.round(seconds)} s left`;
  if (seconds < 90 * 60) return `${Math.round(seconds / 60)} min left`;
  return `${Math.round(seconds / 3600)} h left`;
}

/**
 * @param {{name: string}[]} files
 * @returns {string} the one name, or how many there are
 */
export function formatFiles(files) {
  return files.length === 1 ? files[0].name : `${files.length} files`;
}
