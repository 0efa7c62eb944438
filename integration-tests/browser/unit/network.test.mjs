import assert from 'node:assert/strict';
import { test } from 'node:test';
import { load } from './web.mjs';

const { resultOf, titleOf, verdictOf } = await load('network/verdict.js');
const { portOf, waysOf } = await load('network/ways.js');
const { reportOf } = await load('network/report.js');
const { CandidateLog } = await load('network/candidates.js');
const { median } = await load('network/relay-check.js');

/** Checks of these kinds; those named in `bad` failed. */
function checks(kinds, bad = []) {
  const host = { udp: 'turn:a.example:3478?transport=udp', tcp: 'turn:a.example:3478?transport=tcp' };
  return kinds.map((kind) => ({
    id: kind,
    kind,
    url: host[kind] ?? (kind === 'tls' ? 'turns:a.example:443?transport=tcp' : undefined),
    state: bad.includes(kind) ? 'failed' : 'good',
  }));
}

const ALL = ['websocket', 'http', 'stun', 'udp', 'tcp', 'tls'];

test('each address of the servers is a way of its own, the best first', () => {
  const ways = waysOf([
    { urls: ['turns:a.example:443?transport=tcp', 'turn:a.example?transport=tcp', 'turn:a.example'], username: 'u' },
    { urls: 'stun:a.example' },
  ]);
  assert.deepEqual(
    ways.map(({ kind }) => kind),
    ['stun', 'udp', 'tcp', 'tls'],
  );
  assert.equal(ways[1].server.username, 'u');
  assert.deepEqual(
    ['turn:a.example', 'turns:a.example?transport=tcp', 'turn:[2001:db8::1]:443?transport=udp'].map(portOf),
    [3478, 5349, 443],
  );
});

test('everything through is good', () => {
  const { state, title } = verdictOf(checks(ALL));
  assert.equal(state, 'good');
  assert.equal(title, 'You can connect to anybody');
});

test('without UDP it says over what, and what to allow', () => {
  const { state, title, text } = verdictOf(checks(ALL, ['udp', 'stun', 'tcp']));
  assert.equal(state, 'limited');
  assert.equal(title, 'You can connect to anybody, through this network only over TLS');
  assert.match(text, /allowing UDP to a\.example, port 3478/);
  assert.match(verdictOf(checks(ALL, ['udp'])).title, /only over TCP or TLS$/);
});

test('blocked WebSockets are said, and do not hinder', () => {
  const { state, title, text } = verdictOf(checks(ALL, ['websocket']));
  assert.equal(state, 'limited');
  assert.equal(title, 'You can connect to anybody');
  assert.match(text, /WebSockets are blocked/);
});

test('no relay, no way to it and no server are three things', () => {
  assert.match(verdictOf(checks(['websocket', 'http', 'stun'])).title, /without a relay/);
  assert.match(verdictOf(checks(ALL, ['udp', 'tcp', 'tls'])).title, /only to some people/);
  assert.match(verdictOf(checks(['websocket', 'http'], ['websocket', 'http'])).title, /cannot reach the server/);
});

test('every state of every check has its words', () => {
  for (const check of checks(ALL)) {
    assert.ok(titleOf(check).length > 5);
    for (const state of ['waiting', 'running', 'good', 'poor', 'failed', 'skipped']) {
      assert.match(resultOf({ ...check, state }), /[.…]$/);
    }
  }
  assert.match(resultOf({ kind: 'http', state: 'good', stream: false }), /held back/);
});

test('the report has the verdict, the checks and the candidates', () => {
  const candidates = new CandidateLog();
  candidates.rows.push({ millis: 3, way: 'udp', type: 'relay', address: '192.0.2.7:50000' });
  const about = { page: 'https://a.example', browser: 'Test', when: '2026-01-01T00:00:00Z' };
  const report = reportOf({ checks: checks(ALL, ['udp']), candidates }, { title: 'Title', text: 'Text.' }, about);
  assert.match(report, /^Parley network test, 2026-01-01/);
  assert.match(report, /failed {2}Relay over UDP, port 3478: Does not get through\./);
  assert.match(report, /3 \| udp \| relay \| 192\.0\.2\.7:50000/);
});

test('the median is one of the values', () => {
  assert.equal(median([5, 1, 9]), 5);
  assert.equal(median([]), null);
});
