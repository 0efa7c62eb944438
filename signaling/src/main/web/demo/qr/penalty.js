/** How hard a QR code would be to read: the four rules of ISO/IEC 18004 section 7.8.3. */

const FINDER_LIKE = ['10111010000', '00001011101'];

/** @param {boolean[][]} modules @returns {number} the less the better */
export function penaltyOf(modules) {
  const rows = modules.map((row) => row.map(Number).join(''));
  const columns = modules[0].map((_, at) => modules.map((row) => Number(row[at])).join(''));
  const lines = [...rows, ...columns];
  return sum(lines.map(runs)) + sum(lines.map(finderLike)) + blocks(modules) + imbalance(rows.join(''));
}

function runs(line) {
  return sum([...line.matchAll(/0{5,}|1{5,}/g)].map(([run]) => run.length - 2));
}

function finderLike(line) {
  let found = 0;
  for (const pattern of FINDER_LIKE) {
    for (let at = line.indexOf(pattern); at >= 0; at = line.indexOf(pattern, at + 1)) found++;
  }
  return 40 * found;
}

function blocks(modules) {
  let found = 0;
  for (let row = 1; row < modules.length; row++) {
    for (let column = 1; column < modules.length; column++) {
      const dark = modules[row][column];
      const same = [modules[row - 1][column], modules[row][column - 1], modules[row - 1][column - 1]];
      if (same.every((other) => other === dark)) found++;
    }
  }
  return 3 * found;
}

function imbalance(all) {
  const dark = all.replaceAll('0', '').length;
  return 10 * Math.floor(Math.abs((20 * dark) / all.length - 10));
}

function sum(values) {
  return values.reduce((total, value) => total + value, 0);
}
