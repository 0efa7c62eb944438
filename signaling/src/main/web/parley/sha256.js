/**
 * SHA-256 (FIPS 180-4), fed piece by piece. The browser's own `crypto.subtle` cannot be used here: it takes a
 * message only
 * as a whole, and on a page that came over plain HTTP it does not exist.
 */

const BLOCK_BYTES = 64;

/**
 * The first 32 bits of the fractional parts of the cube roots of the first 64 primes; FIPS 180-4 section 4.2.2.
 */
const ROUND_CONSTANTS = new Int32Array([
  0x428a2f98, 0x71374491, 0xb5c0fbcf, 0xe9b5dba5, 0x3956c25b, 0x59f111f1, 0x923f82a4, 0xab1c5ed5, 0xd807aa98,
  0x12835b01, 0x243185be, 0x550c7dc3, 0x72be5d74, 0x80deb1fe, 0x9bdc06a7, 0xc19bf174, 0xe49b69c1, 0xefbe4786,
  0x0fc19dc6, 0x240ca1cc, 0x2de92c6f, 0x4a7484aa, 0x5cb0a9dc, 0x76f988da, 0x983e5152, 0xa831c66d, 0xb00327c8,
  0xbf597fc7, 0xc6e00bf3, 0xd5a79147, 0x06ca6351, 0x14292967, 0x27b70a85, 0x2e1b2138, 0x4d2c6dfc, 0x53380d13,
  0x650a7354, 0x766a0abb, 0x81c2c92e, 0x92722c85, 0xa2bfe8a1, 0xa81a664b, 0xc24b8b70, 0xc76c51a3, 0xd192e819,
  0xd6990624, 0xf40e3585, 0x106aa070, 0x19a4c116, 0x1e376c08, 0x2748774c, 0x34b0bcb5, 0x391c0cb3, 0x4ed8aa4a,
  0x5b9cca4f, 0x682e6ff3, 0x748f82ee, 0x78a5636f, 0x84c87814, 0x8cc70208, 0x90befffa, 0xa4506ceb, 0xbef9a3f7,
  0xc67178f2,
]);

/**
 * Scratch space of one call, shared by all hashes, since no call is interrupted; being a constant makes it fast.
 */
const SCHEDULE = new Int32Array(64);

/** One running hash. Call `update` any number of times, then one of the digests once. */
export class Sha256 {
  #state = new Int32Array([
    0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a, 0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19,
  ]);
  #pending = new Uint8Array(BLOCK_BYTES);
  #pendingBytes = 0;
  #totalBytes = 0;

  /**
   * Adds bytes to the message.
   * @param {Uint8Array} bytes read during the call and not kept
   * @returns {this}
   */
  update(bytes) {
    this.#totalBytes += bytes.length;
    let offset = 0;
    if (this.#pendingBytes > 0) {
      offset = Math.min(BLOCK_BYTES - this.#pendingBytes, bytes.length);
      this.#pending.set(bytes.subarray(0, offset), this.#pendingBytes);
      this.#pendingBytes += offset;
      if (this.#pendingBytes < BLOCK_BYTES) return this;
      this.#compress(this.#pending, 0);
      this.#pendingBytes = 0;
    }
    for (; offset + BLOCK_BYTES <= bytes.length; offset += BLOCK_BYTES) this.#compress(bytes, offset);
    this.#pending.set(bytes.subarray(offset));
    this.#pendingBytes = bytes.length - offset;
    return this;
  }

  /**
   * Ends the message.
   * @returns {Uint8Array} the 32 bytes of the hash
   */
  digest() {
    this.update(padding(this.#totalBytes));
    const result = new DataView(new ArrayBuffer(32));
    this.#state.forEach((word, index) => result.setInt32(index * 4, word));
    return new Uint8Array(result.buffer);
  }

  /**
   * Ends the message.
   * @returns {string} the hash as 64 lower-case hexadecimal digits
   */
  hexDigest() {
    return Array.from(this.digest(), (byte) => byte.toString(16).padStart(2, '0')).join('');
  }

  /**
   * One block of 64 bytes; FIPS 180-4 section 6.2.2. Four rounds at a time: where the standard moves every
   * variable to its neighbour, here the neighbours' names change, and after four rounds the two halves swap.
   */
  #compress(bytes, offset) {
    const w = SCHEDULE;
    const k = ROUND_CONSTANTS;
    fillSchedule(bytes, offset);
    const state = this.#state;
    let a = state[0];
    let b = state[1];
    let c = state[2];
    let d = state[3];
    let e = state[4];
    let f = state[5];
    let g = state[6];
    let h = state[7];
    for (let t = 0; t < 64; t += 4) {
      h = (h + sum1(e) + (g ^ (e & (f ^ g))) + k[t] + w[t]) | 0;
      d = (d + h) | 0;
      h = (h + sum0(a) + ((a & b) ^ (c & (a ^ b)))) | 0;
      g = (g + sum1(d) + (f ^ (d & (e ^ f))) + k[t + 1] + w[t + 1]) | 0;
      c = (c + g) | 0;
      g = (g + sum0(h) + ((h & a) ^ (b & (h ^ a)))) | 0;
      f = (f + sum1(c) + (e ^ (c & (d ^ e))) + k[t + 2] + w[t + 2]) | 0;
      b = (b + f) | 0;
      f = (f + sum0(g) + ((g & h) ^ (a & (g ^ h)))) | 0;
      e = (e + sum1(b) + (d ^ (b & (c ^ d))) + k[t + 3] + w[t + 3]) | 0;
      a = (a + e) | 0;
      e = (e + sum0(f) + ((f & g) ^ (h & (f ^ g)))) | 0;
      let half = a;
      a = e;
      e = half;
      half = b;
      b = f;
      f = half;
      half = c;
      c = g;
      g = half;
      half = d;
      d = h;
      h = half;
    }
    state[0] += a;
    state[1] += b;
    state[2] += c;
    state[3] += d;
    state[4] += e;
    state[5] += f;
    state[6] += g;
    state[7] += h;
  }
}

/**
 * Ends a message of this length (section 5.1.1): a one bit, zeros, and the length in bits as 64 bits, big endian.
 */
export function padding(totalBytes) {
  const rest = totalBytes % BLOCK_BYTES;
  const bytes = new Uint8Array(rest < 56 ? 64 - rest : 128 - rest);
  bytes[0] = 0x80;
  const length = new DataView(bytes.buffer, bytes.length - 8);
  length.setUint32(0, Math.floor(totalBytes / 0x20000000));
  length.setUint32(4, (totalBytes * 8) % 0x100000000);
  return bytes;
}

/**
 * Two of the functions of section 4.1.2; the others stand in the rounds, since no engine puts so many in by
 * itself.
 */
function sum0(x) {
  return ((x >>> 2) | (x << 30)) ^ ((x >>> 13) | (x << 19)) ^ ((x >>> 22) | (x << 10));
}
function sum1(x) {
  return ((x >>> 6) | (x << 26)) ^ ((x >>> 11) | (x << 21)) ^ ((x >>> 25) | (x << 7));
}

/** The block as 16 words, and 48 words made of them. */
function fillSchedule(bytes, offset) {
  const w = SCHEDULE;
  for (let t = 0, at = offset; t < 16; t++, at += 4) {
    w[t] = (bytes[at] << 24) | (bytes[at + 1] << 16) | (bytes[at + 2] << 8) | bytes[at + 3];
  }
  for (let t = 16; t < 64; t++) {
    const x = w[t - 15];
    const y = w[t - 2];
    const s0 = ((x >>> 7) | (x << 25)) ^ ((x >>> 18) | (x << 14)) ^ (x >>> 3);
    const s1 = ((y >>> 17) | (y << 15)) ^ ((y >>> 19) | (y << 13)) ^ (y >>> 10);
    w[t] = (w[t - 16] + s0 + w[t - 7] + s1) | 0;
  }
}
