/** The drawing of a QR code: which modules are dark, ISO/IEC 18004 sections 7.7 to 7.10. */
import { penaltyOf } from './penalty.js';

/** By number, whether a mask turns the module in this row and column around. */
const MASKS = [
  (row, column) => (row + column) % 2 === 0,
  (row) => row % 2 === 0,
  (row, column) => column % 3 === 0,
  (row, column) => (row + column) % 3 === 0,
  (row, column) => (Math.floor(row / 2) + Math.floor(column / 3)) % 2 === 0,
  (row, column) => ((row * column) % 2) + ((row * column) % 3) === 0,
  (row, column) => (((row * column) % 2) + ((row * column) % 3)) % 2 === 0,
  (row, column) => (((row + column) % 2) + ((row * column) % 3)) % 2 === 0,
];

/**
 * @param {number} version
 * @param {number[]} codeWords
 * @returns {boolean[][]} rows of modules, true for dark ones, without the quiet zone
 */
export function draw(version, codeWords) {
  const fixed = new Symbol(version);
  const candidates = MASKS.map((mask, number) => fixed.withData(codeWords, mask, number));
  const penalties = candidates.map(penaltyOf);
  return candidates[penalties.indexOf(Math.min(...penalties))];
}

class Symbol {
  #size;
  #modules;
  #reserved;

  constructor(version) {
    const size = 17 + 4 * version;
    this.#size = size;
    this.#modules = square(size, false);
    this.#reserved = square(size, false);
    for (let at = 0; at < size; at++) {
      this.#put(6, at, at % 2 === 0);
      this.#put(at, 6, at % 2 === 0);
    }
    for (const [row, column] of [[3, 3], [3, size - 4], [size - 4, 3]]) this.#ring(row, column, 4);
    this.#alignments(version);
    if (version >= 7) this.#versionBits(version);
    this.#format(0);
  }

  /** @returns {boolean[][]} a copy with data */
  withData(codeWords, mask, number) {
    this.#format(number);
    const modules = this.#modules.map((row) => [...row]);
    let bit = 0;
    for (const [row, column] of this.#path()) {
      const dark = bit < 8 * codeWords.length && ((codeWords[bit >> 3] >> (7 - (bit & 7))) & 1) === 1;
      modules[row][column] = dark !== mask(row, column);
      bit++;
    }
    return modules;
  }

  /** Two columns at a time from the right, up and down in turns, past the vertical line of the timing pattern. */
  *#path() {
    let upwards = true;
    for (let right = this.#size - 1; right > 0; right -= 2) {
      if (right === 6) right = 5;
      for (let step = 0; step < this.#size; step++) {
        const row = upwards ? this.#size - 1 - step : step;
        for (const column of [right, right - 1]) if (!this.#reserved[row][column]) yield [row, column];
      }
      upwards = !upwards;
    }
  }

  #put(row, column, dark) {
    if (row < 0 || column < 0 || row >= this.#size || column >= this.#size) return;
    this.#modules[row][column] = dark;
    this.#reserved[row][column] = true;
  }

  /** Squares in each other around a centre: a finder pattern with its separator, or an alignment pattern. */
  #ring(row, column, radius) {
    for (let down = -radius; down <= radius; down++) {
      for (let across = -radius; across <= radius; across++) {
        const distance = Math.max(Math.abs(down), Math.abs(across));
        const dark = radius === 2 ? distance !== 1 : distance !== 2 && distance !== 4;
        this.#put(row + down, column + across, dark);
      }
    }
  }

  #alignments(version) {
    if (version === 1) return;
    const count = Math.floor(version / 7) + 2;
    const step = Math.ceil((this.#size - 13) / (2 * count - 2)) * 2;
    const places = [6, ...Array.from({ length: count - 1 }, (_, at) => this.#size - 7 - (count - 2 - at) * step)];
    const last = places.at(-1);
    for (const row of places) {
      for (const column of places) {
        const finder = (row === 6 && column === 6) || (row === 6 && column === last) || (row === last && column === 6);
        if (!finder) this.#ring(row, column, 2);
      }
    }
  }

  /** Level M is 00; the mask's number and ten bits for correction, twice. */
  #format(mask) {
    const bits = ((mask << 10) | remainder(mask, 0x537, 10)) ^ 0x5412;
    const bit = (at) => ((bits >> at) & 1) === 1;
    const last = this.#size - 1;
    for (let at = 0; at <= 5; at++) this.#put(at, 8, bit(at));
    this.#put(7, 8, bit(6));
    this.#put(8, 8, bit(7));
    this.#put(8, 7, bit(8));
    for (let at = 9; at < 15; at++) this.#put(8, 14 - at, bit(at));
    for (let at = 0; at < 8; at++) this.#put(8, last - at, bit(at));
    for (let at = 8; at < 15; at++) this.#put(last - 14 + at, 8, bit(at));
    this.#put(last - 7, 8, true);
  }

  #versionBits(version) {
    const bits = (version << 12) | remainder(version, 0x1f25, 12);
    for (let at = 0; at < 18; at++) {
      const dark = ((bits >> at) & 1) === 1;
      const [far, near] = [this.#size - 11 + (at % 3), Math.floor(at / 3)];
      this.#put(near, far, dark);
      this.#put(far, near, dark);
    }
  }
}

/** Of a division of polynomials over GF(2), for the bits of format and version. */
function remainder(value, divisor, length) {
  let rest = value;
  for (let bit = 0; bit < length; bit++) rest = (rest << 1) ^ ((rest >> (length - 1)) & 1 ? divisor : 0);
  return rest;
}

function square(size, value) {
  return Array.from({ length: size }, () => new Array(size).fill(value));
}
