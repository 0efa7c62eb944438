import assert from 'node:assert/strict';
import { test } from 'node:test';
import { load } from './web.mjs';

const { FILES_PER_OFFER, readOffer, safeFileName } = await load('parley/file-offer.js');
const offer = (...files) => ({ type: 'file-offer', transfer: 'x', files });

test('an offer is read with its names, sizes and types', () => {
  assert.deepEqual(readOffer(offer({ name: 'a.txt', size: 0, type: 'text/plain' })), [
    { name: 'a.txt', size: 0, type: 'text/plain' },
  ]);
});

test('what is not an offer is refused', () => {
  for (const message of [null, {}, { files: 'x' }, offer(), offer(null), offer({ name: 'a', size: -1 })]) {
    assert.equal(readOffer(message), null, JSON.stringify(message));
  }
  assert.equal(readOffer(offer({ name: 'a', size: 1.5 })), null);
  assert.equal(readOffer(offer({ name: 7, size: 1 })), null);
  assert.equal(readOffer(offer({ name: 'a', size: Number.MAX_SAFE_INTEGER }, { name: 'b', size: 1 })), null);
});

test('as many files as the limit are taken, and not one more', () => {
  const file = { name: 'a', size: 1 };
  assert.equal(readOffer(offer(...Array(FILES_PER_OFFER).fill(file))).length, FILES_PER_OFFER);
  assert.equal(readOffer(offer(...Array(FILES_PER_OFFER + 1).fill(file))), null);
});

test('a name cannot leave its folder, hide itself or turn its ending around', () => {
  assert.equal(safeFileName('../../etc/passwd'), '_.._etc_passwd');
  assert.equal(safeFileName('C:\\autoexec.bat'), 'C__autoexec.bat');
  assert.equal(safeFileName('.bashrc'), 'bashrc');
  assert.equal(safeFileName('photo\u202egpj.exe'), 'photo_gpj.exe');
  assert.equal(safeFileName('line\nbreak'), 'line_break');
  assert.equal(safeFileName('...'), 'file');
});

test('a name in any script stays as it is', () => {
  assert.equal(safeFileName('Übergrößenträger – 日本語 🎉.pdf'), 'Übergrößenträger – 日本語 🎉.pdf');
});

test('a name that is too long keeps its ending', () => {
  const name = safeFileName(`${'x'.repeat(500)}.tar`);
  assert.equal(name.length, 200);
  assert.ok(name.endsWith('x.tar'));
});
