import assert from 'node:assert/strict';
import { test } from 'node:test';
import jsQR from 'jsqr';
import { load } from './web.mjs';

const { qrModules } = await load('demo/qr/qr.js');
const { correctionFor } = await load('demo/qr/reed-solomon.js');

const SCALE = 4;
const QUIET = 4;

/** What a reader that is not ours sees in the picture. */
function read(modules) {
  const side = (modules.length + 2 * QUIET) * SCALE;
  const pixels = new Uint8ClampedArray(side * side * 4).fill(255);
  for (let y = 0; y < side; y++) {
    for (let x = 0; x < side; x++) {
      if (!modules[Math.floor(y / SCALE) - QUIET]?.[Math.floor(x / SCALE) - QUIET]) continue;
      pixels.fill(0, 4 * (y * side + x), 4 * (y * side + x) + 3);
    }
  }
  return jsQR(pixels, side, side);
}

test('a foreign reader reads every version as it was written', () => {
  let version = 0;
  for (let length = 1; length <= 666; length += length < 250 ? 7 : 13) {
    const text = `https://example.org/#${'x9-é'.repeat(200)}`.slice(0, length);
    const modules = qrModules(text);
    if (!modules) continue;
    const found = read(modules);
    assert.equal(found?.data, text, `${length} characters`);
    assert.ok(found.version >= version);
    version = found.version;
  }
  assert.equal(version, 20);
});

test('the words of the example in annex I of the standard get the correction printed there', () => {
  const data = [0x10, 0x20, 0x0c, 0x56, 0x61, 0x80, 0xec, 0x11, 0xec, 0x11, 0xec, 0x11, 0xec, 0x11, 0xec, 0x11];
  const correction = [0xa5, 0x24, 0xd4, 0xc1, 0xed, 0x36, 0xc7, 0x87, 0x2c, 0x55];
  assert.deepEqual([...correctionFor(Uint8Array.from(data), 10)], correction);
});

test('sizes grow as the standard says, and what is too long is refused', () => {
  assert.equal(qrModules('x'.repeat(14)).length, 21);
  assert.equal(qrModules('x'.repeat(15)).length, 25);
  assert.equal(qrModules('x'.repeat(666)).length, 97);
  assert.equal(qrModules('x'.repeat(667)), null);
});
