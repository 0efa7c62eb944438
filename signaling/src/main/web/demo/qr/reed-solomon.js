/** Reed-Solomon codes over GF(2^8) with the polynomial of QR codes, ISO/IEC 18004 section 7.5. */

const POLYNOMIAL = 0x11d;

const POWERS = new Uint8Array(510);
const LOGARITHMS = new Uint8Array(256);
for (let exponent = 0, value = 1; exponent < 255; exponent++) {
  POWERS[exponent] = POWERS[exponent + 255] = value;
  LOGARITHMS[value] = exponent;
  value = (value << 1) ^ (value & 0x80 ? POLYNOMIAL : 0);
}

function multiply(one, other) {
  return one === 0 || other === 0 ? 0 : POWERS[LOGARITHMS[one] + LOGARITHMS[other]];
}

/** The coefficients of (x - 1)(x - 2)(x - 4)..., the highest, which is 1, left out. */
function generator(degree) {
  const coefficients = new Uint8Array(degree);
  coefficients[degree - 1] = 1;
  for (let factor = 0; factor < degree; factor++) {
    for (let at = 0; at < degree; at++) {
      coefficients[at] = multiply(coefficients[at], POWERS[factor]) ^ (coefficients[at + 1] ?? 0);
    }
  }
  return coefficients;
}

/**
 * @param {Uint8Array} data
 * @param {number} length how many code words to add
 * @returns {Uint8Array} what is added for correction
 */
export function correctionFor(data, length) {
  const divisor = generator(length);
  const remainder = new Uint8Array(length);
  for (const byte of data) {
    const factor = byte ^ remainder[0];
    remainder.copyWithin(0, 1);
    remainder[length - 1] = 0;
    for (let at = 0; at < length; at++) remainder[at] ^= multiply(divisor[at], factor);
  }
  return remainder;
}
