import assert from 'node:assert/strict';
import { test } from 'node:test';
import { load } from './web.mjs';

const { Reunion } = await load('parley/reunion.js');
const { proof } = await load('parley/kept-links.js');

/** A room with one member it has a connection with, and a note of everything that is done to it. */
function roomKeeping({ id, session, present }) {
  const done = [];
  const member = { id, present, kept: true, link: { session } };
  const reunion = new Reunion({
    members: new Map([[id, member]]),
    signal: (to, data) => done.push(['signal', to, data]),
    begin: (record) => done.push(['begin', record.id]),
    admit: (record) => done.push(['admit', record.id]),
    takeBack: (old, newId) => done.push(['takeBack', old.id, newId]),
  });
  return { reunion, done };
}

test('who has no connections begins one to everybody', () => {
  const { reunion, done } = roomKeeping({ id: 'bob', session: 's', present: true });
  const empty = new Reunion({
    members: new Map(),
    signal: () => {},
    begin: (record) => done.push(['begin', record.id]),
  });
  empty.joined([{ id: 'bob' }, { id: 'cid' }], 'ann');
  assert.deepEqual(done, [
    ['begin', 'bob'],
    ['begin', 'cid'],
  ]);
  reunion.close();
});

test('who was away asks, and goes on with the connection when the answer proves it was kept', () => {
  const { reunion, done } = roomKeeping({ id: 'bob', session: 's', present: true });
  reunion.joined([{ id: 'bob' }], 'ann-2');
  assert.deepEqual(done.pop(), ['signal', 'bob', { resume: [proof('s', 'ann-2')] }]);
  reunion.signalled('bob', { resumed: [proof('s', 'bob')] });
  assert.deepEqual(done, [['takeBack', 'bob', 'bob']]);
  reunion.close();
});

test('who was away begins anew when the other side kept nothing', () => {
  const { reunion, done } = roomKeeping({ id: 'bob', session: 's', present: true });
  reunion.joined([{ id: 'bob' }], 'ann-2');
  done.length = 0;
  reunion.signalled('bob', { resumed: [] });
  assert.deepEqual(done, [['begin', 'bob']]);
  reunion.close();
});

test('who is asked recognises a member that has another id now, and answers with a proof of its own', () => {
  const { reunion, done } = roomKeeping({ id: 'ann', session: 's', present: false });
  reunion.joined([], 'bob');
  reunion.came({ id: 'ann-2', name: 'Ann' });
  assert.deepEqual(done, []);
  reunion.signalled('ann-2', { resume: [proof('s', 'ann-2')] });
  assert.deepEqual(done, [
    ['takeBack', 'ann', 'ann-2'],
    ['signal', 'ann-2', { resumed: [proof('s', 'bob')] }],
  ]);
  reunion.close();
});

test('a proof that was made for another id takes nobody over', () => {
  const { reunion, done } = roomKeeping({ id: 'ann', session: 's', present: false });
  reunion.joined([], 'bob');
  reunion.signalled('thief', { resume: [proof('s', 'ann-2'), 's', 'ann'] });
  assert.deepEqual(done, [['signal', 'thief', { resumed: [] }]]);
  reunion.close();
});

test('somebody new is shown as new when the time to prove otherwise is over', (context) => {
  context.mock.timers.enable({ apis: ['setTimeout'] });
  const { reunion, done } = roomKeeping({ id: 'ann', session: 's', present: false });
  reunion.came({ id: 'cid' });
  context.mock.timers.tick(4_999);
  assert.deepEqual(done, []);
  context.mock.timers.tick(1);
  assert.deepEqual(done, [['admit', 'cid']]);
});
