import assert from 'node:assert/strict';
import { createHash, randomBytes } from 'node:crypto';
import { test } from 'node:test';
import { FakeWire } from './fake-wire.mjs';

const SIZES = [0, 1_048_576, 700_001, 1];

/** The same numbers for the same seed. */
function numbers(seed) {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

async function transferred(cuts) {
  const wire = new FakeWire(cuts);
  const contents = SIZES.map((size) => randomBytes(size));
  const arrived = new Promise((resolve) => {
    wire.bob.addEventListener('offer', ({ detail: transfer }) => {
      transfer.addEventListener('change', () => transfer.ended && resolve(transfer));
      transfer.accept();
    });
  });
  const sending = wire.ann.desk.offer(contents.map((content, at) => new File([content], `${at}.bin`)));
  const sent = new Promise((resolve) => sending.addEventListener('change', () => sending.ended && resolve()));
  const receiving = await arrived;
  await sent;
  const digests = contents.map((content) => createHash('sha256').update(content).digest('hex'));
  return { wire, sending, receiving, digests };
}

test('files arrive whole wherever the connection breaks, and both sides know it', async () => {
  let cutsMade = 0;
  for (let seed = 1; seed <= 15; seed++) {
    const next = numbers(seed);
    const cuts = new Set(Array.from({ length: 1 + next(4) }, () => next(36)));
    const { wire, sending, receiving, digests } = await transferred(cuts);
    const at = `seed ${seed}, cuts at ${[...cuts]}`;
    assert.equal(receiving.state, 'done', at);
    assert.equal(sending.state, 'done', at);
    assert.deepEqual(
      receiving.files.map((file) => file.sha256),
      digests,
      at,
    );
    cutsMade += wire.cutsMade;
  }
  assert.ok(cutsMade >= 15, `${cutsMade} connections broke`);
});

test('each of the first and last messages may be the one that is lost', async () => {
  const whole = await transferred(new Set());
  assert.equal(whole.sending.state, 'done');
  for (let cut = 0; cut < 12; cut++) {
    const { sending, receiving } = await transferred(new Set([cut]));
    assert.deepEqual([sending.state, receiving.state], ['done', 'done'], `cut at ${cut}`);
  }
});

test('when the member is gone it fails on this side', async () => {
  const wire = new FakeWire(new Set());
  const sending = wire.ann.desk.offer([new File(['x'], 'x')]);
  wire.ann.desk.memberGone();
  assert.deepEqual([sending.state, sending.reason], ['failed', 'connection-lost']);
});
