import assert from 'node:assert/strict';
import { test } from 'node:test';
import { load } from './web.mjs';

const { reconnectDelayMillis } = await load('parley/backoff.js');
const { Pacer } = await load('parley/pacer.js');
const { Speedometer } = await load('parley/speed.js');
const { randomText } = await load('parley/random.js');
const { findProven, proof, proofs } = await load('parley/kept-links.js');
const { formatBytes, formatRemaining } = await load('demo/format.js');
const { newRoomName, roomNameFrom } = await load('demo/names.js');

test('waiting doubles up to 20 seconds, and half of it is chance', () => {
  const longest = [0, 1, 2, 6, 100].map((attempt) => reconnectDelayMillis(attempt, () => 0.999999));
  const shortest = [0, 1, 2, 6, 100].map((attempt) => reconnectDelayMillis(attempt, () => 0));
  assert.deepEqual(longest, [500, 1000, 2000, 20_000, 20_000]);
  assert.deepEqual(shortest, [250, 500, 1000, 10_000, 10_000]);
});

test('the pacer lets a second of messages through at once and keeps the order of the rest', (context) => {
  context.mock.timers.enable({ apis: ['setTimeout', 'Date'] });
  const delivered = [];
  const pacer = new Pacer(
    10,
    (message) => delivered.push(message),
    () => Date.now(),
  );
  for (let count = 0; count < 12; count++) pacer.add(count);
  assert.deepEqual(delivered, [0, 1, 2, 3, 4, 5, 6, 7]);
  context.mock.timers.tick(125);
  assert.deepEqual(delivered, [0, 1, 2, 3, 4, 5, 6, 7, 8]);
  context.mock.timers.tick(1000);
  assert.equal(delivered.length, 12);
  pacer.close();
});

test('the speed is that of the last five seconds', () => {
  const speed = new Speedometer();
  assert.equal(speed.bytesPerSecond, 0);
  speed.note(0, 0);
  speed.note(1_000_000, 1000);
  assert.equal(speed.bytesPerSecond, 1_000_000);
  assert.equal(speed.remainingSeconds(2_000_000), 2);
  for (let second = 2; second <= 8; second++) speed.note(1_000_000, second * 1000);
  assert.equal(speed.bytesPerSecond, 0);
  assert.equal(speed.remainingSeconds(1), null);
});

test('only the other end of a session can prove it, and only under its own id', () => {
  const member = { link: { session: 'secret' } };
  const shown = proofs([member], 'new-id');
  assert.equal(findProven([member], 'new-id', shown), member);
  assert.equal(findProven([member], 'thief', shown), undefined);
  assert.equal(findProven([member], 'new-id', ['secret', 7, null]), undefined);
  assert.notEqual(proof('secret', 'a'), proof('secret', 'b'));
});

test('random texts have the length asked for, letters nobody mixes up, and do not repeat', () => {
  const texts = new Set(Array.from({ length: 1000 }, () => randomText(12)));
  assert.equal(texts.size, 1000);
  for (const text of texts) assert.match(text, /^[a-km-np-z2-9]{12}$/);
});

test('sizes and times read well', () => {
  assert.equal(formatBytes(0), '0 bytes');
  assert.equal(formatBytes(1), '1 byte');
  assert.equal(formatBytes(999), '999 bytes');
  assert.equal(formatBytes(1000), '1.0 kB');
  assert.equal(formatBytes(9_960), '10 kB');
  assert.equal(formatBytes(999_600), '1.0 MB');
  assert.equal(formatBytes(20_000_000), '20 MB');
  assert.equal(formatRemaining(0.4), 'almost done');
  assert.equal(formatRemaining(61), '61 s left');
  assert.equal(formatRemaining(600), '10 min left');
});

test('a room is found in its name and in its link', () => {
  assert.equal(roomNameFrom('  garden '), 'garden');
  assert.equal(roomNameFrom('https://example.org/#tea%20garden'), 'tea garden');
  assert.equal(roomNameFrom('#%E0%A4%A'), '%E0%A4%A');
  assert.equal(roomNameFrom(''), '');
  assert.match(newRoomName(), /^([a-z2-9]{5}-){3}[a-z2-9]{5}$/);
});
