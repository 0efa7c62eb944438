/** From a text to the code words of a QR code: bytes, correction level M, ISO/IEC 18004 sections 7.4 to 7.6. */
import { correctionFor } from './reed-solomon.js';

/** By version from 1 on: code words for correction in a block, and blocks; table 9 of the standard, level M. */
const CORRECTION_LENGTHS = [10, 16, 26, 18, 24, 16, 18, 22, 22, 26, 30, 22, 22, 24, 24, 28, 28, 26, 26, 26];
const BLOCKS = [1, 1, 1, 2, 2, 4, 4, 4, 5, 5, 5, 8, 9, 9, 10, 10, 11, 13, 14, 16];

const BYTE_MODE = 0b0100;
const PADDING = [0xec, 0x11];

/** @param {number} version @returns {number} of all code words the symbol has room for */
function codeWordCount(version) {
  let modules = (16 * version + 128) * version + 64;
  if (version >= 2) {
    const patterns = Math.floor(version / 7) + 2;
    modules -= (25 * patterns - 10) * patterns - 55;
  }
  if (version >= 7) modules -= 36;
  return Math.floor(modules / 8);
}

function dataCapacity(version) {
  return codeWordCount(version) - CORRECTION_LENGTHS[version - 1] * BLOCKS[version - 1];
}

/**
 * @param {string} text
 * @returns {{version: number, codeWords: number[]} | null} in the order in which they are drawn; null if it is too
 *     long
 */
export function encode(text) {
  const bytes = new TextEncoder().encode(text);
  for (let version = 1; version <= BLOCKS.length; version++) {
    const lengthBits = version < 10 ? 8 : 16;
    if (4 + lengthBits + 8 * bytes.length > 8 * dataCapacity(version)) continue;
    return { version, codeWords: interleave(version, dataWords(bytes, lengthBits, dataCapacity(version))) };
  }
  return null;
}

function dataWords(bytes, lengthBits, capacity) {
  const bits = [];
  const put = (value, count) => {
    for (let bit = count - 1; bit >= 0; bit--) bits.push((value >> bit) & 1);
  };
  put(BYTE_MODE, 4);
  put(bytes.length, lengthBits);
  for (const byte of bytes) put(byte, 8);
  put(0, Math.min(4, 8 * capacity - bits.length));
  while (bits.length % 8 > 0) bits.push(0);
  const words = new Uint8Array(capacity);
  bits.forEach((bit, at) => (words[at >> 3] |= bit << (7 - (at & 7))));
  for (let at = bits.length / 8, pad = 0; at < capacity; at++, pad ^= 1) words[at] = PADDING[pad];
  return words;
}

/** Blocks that are longer by one come last. */
function interleave(version, words) {
  const count = BLOCKS[version - 1];
  const shortLength = Math.floor(words.length / count);
  const shorts = count - (words.length % count);
  const blocks = [];
  for (let block = 0, at = 0; block < count; block++) {
    const length = shortLength + (block < shorts ? 0 : 1);
    blocks.push(words.subarray(at, at + length));
    at += length;
  }
  const corrections = blocks.map((block) => correctionFor(block, CORRECTION_LENGTHS[version - 1]));
  return [...columns(blocks), ...columns(corrections)];
}

function columns(rows) {
  const longest = Math.max(...rows.map((row) => row.length));
  const found = [];
  for (let at = 0; at < longest; at++) for (const row of rows) if (at < row.length) found.push(row[at]);
  return found;
}
