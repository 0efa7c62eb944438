import assert from 'node:assert/strict';
import { createHash, randomBytes } from 'node:crypto';
import { test } from 'node:test';
import { load } from './web.mjs';

const { padding, Sha256 } = await load('parley/sha256.js');
const hex = (text) => new Sha256().update(new TextEncoder().encode(text)).hexDigest();
const expected = (bytes) => createHash('sha256').update(bytes).digest('hex');

test('the known vectors of FIPS 180-4 come out', () => {
  assert.equal(hex(''), 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855');
  assert.equal(hex('abc'), 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad');
  assert.equal(
    hex('abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq'),
    '248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1',
  );
});

test('a million letters hash as FIPS 180-4 says', () => {
  assert.equal(hex('a'.repeat(1_000_000)), 'cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0');
});

test('every length around the block boundaries agrees with node', () => {
  const bytes = randomBytes(200);
  for (let length = 0; length <= bytes.length; length++) {
    const message = bytes.subarray(0, length);
    assert.equal(new Sha256().update(message).hexDigest(), expected(message), `length ${length}`);
  }
});

test('it does not matter how a message is cut', () => {
  const bytes = randomBytes(100_000);
  for (const pieceBytes of [1, 3, 63, 64, 65, 127, 4096, 65_537]) {
    const hash = new Sha256();
    for (let offset = 0; offset < bytes.length; offset += pieceBytes) {
      hash.update(bytes.subarray(offset, offset + pieceBytes));
    }
    assert.equal(hash.hexDigest(), expected(bytes), `pieces of ${pieceBytes}`);
  }
});

test('the length is written in 64 bits, so a file over 512 MiB is hashed right', () => {
  for (const bytes of [0, 55, 56, 64, 2 ** 29 - 1, 2 ** 29, 2 ** 32 + 7, 2 ** 40 + 60]) {
    const end = Buffer.from(padding(bytes));
    assert.equal((bytes + end.length) % 64, 0, `${bytes} bytes end with a block`);
    assert.equal(end[0], 0x80);
    assert.equal(end.readBigUInt64BE(end.length - 8), BigInt(bytes) * 8n);
  }
});
