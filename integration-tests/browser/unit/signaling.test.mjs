import assert from 'node:assert/strict';
import { beforeEach, test } from 'node:test';
import { FakeSocket, installFakeSocket } from './fake-socket.mjs';
import { load } from './web.mjs';

const { Signaling } = await load('parley/signaling.js');

const WELCOME = {
  type: 'welcome',
  id: 'me',
  resumeToken: 'me.1',
  heartbeatSeconds: 25,
  limits: { messagesPerSecond: 50 },
  iceServers: [],
};
const RESUMED = { type: 'resumed', id: 'me', resumeToken: 'me.2', ack: 1, after: 0, lost: false, iceServers: [] };
const JOINED = { type: 'joined', room: 'garden', id: 'me', members: [], ref: 'join' };

beforeEach(installFakeSocket);

/** A client in its room, with everything it says about its state. */
function joined() {
  const signaling = new Signaling({ url: 'ws://hub/ws', room: 'garden', name: 'Ann' });
  const states = [];
  signaling.addEventListener('state', ({ detail }) => states.push(detail));
  signaling.open();
  const socket = FakeSocket.opened[0];
  socket.opens();
  socket.hubSays(WELCOME);
  socket.hubSays(JOINED);
  return { signaling, socket, states };
}

test('it joins when it is welcome, and not before', () => {
  const signaling = new Signaling({ url: 'ws://hub/ws', room: 'garden', name: 'Ann', metadata: { a: 1 } });
  signaling.open();
  const [socket] = FakeSocket.opened;
  assert.equal(socket.subprotocol, 'parley.v1');
  socket.opens();
  assert.deepEqual(socket.sent, [{ type: 'hello', room: 'garden' }]);
  socket.hubSays(WELCOME);
  assert.deepEqual(socket.sent.slice(1), [
    { type: 'join', room: 'garden', ref: 'join', name: 'Ann', metadata: { a: 1 }, seq: 1 },
  ]);
  assert.equal(signaling.state, 'connecting');
  socket.hubSays(JOINED);
  assert.equal(signaling.state, 'joined');
  signaling.close();
});

test('after a lost connection it comes back and joins under the name it has now', (context) => {
  context.mock.timers.enable({ apis: ['setTimeout'] });
  const { signaling, socket, states } = joined();
  signaling.update({ name: 'Anne' });
  socket.hubCloses(1006);
  assert.equal(states.at(-1).state, 'reconnecting');
  assert.ok(states.at(-1).retryMillis >= 250 && states.at(-1).retryMillis <= 500);
  context.mock.timers.tick(states.at(-1).retryMillis);
  FakeSocket.opened[1].hubSays(WELCOME);
  assert.equal(FakeSocket.opened[1].sent.at(-1).name, 'Anne');
  signaling.close();
});

test('a name that was taken away is not in the join that follows, not even as null', (context) => {
  context.mock.timers.enable({ apis: ['setTimeout'] });
  const { signaling, socket, states } = joined();
  signaling.update({ name: null });
  socket.hubCloses(1006);
  context.mock.timers.tick(states.at(-1).retryMillis);
  FakeSocket.opened[1].hubSays(WELCOME);
  assert.deepEqual(FakeSocket.opened[1].sent.at(-1), { type: 'join', room: 'garden', ref: 'join', seq: 1 });
  signaling.close();
});

test('it waits at least as long as the hub asks', () => {
  const { signaling, socket, states } = joined();
  socket.hubCloses(4010, 'going-away; reconnect-after=30000');
  assert.deepEqual(states.at(-1), { state: 'reconnecting', retryMillis: 30_000 });
  signaling.close();
});

test('a close without a hint, for what it did itself, is the end', () => {
  for (const [code, reason] of [
    [1009, 'too-big'],
    [4012, 'no-room'],
  ]) {
    FakeSocket.opened = [];
    const { states, socket } = joined();
    socket.hubCloses(code, reason);
    assert.deepEqual(states.at(-1), { state: 'closed', reason });
    assert.equal(FakeSocket.opened.length, 1);
  }
});

test('a refused first join is the end, and a refused return is tried again', () => {
  const refusal = { type: 'error', code: 'join-refused', message: 'no', ref: 'join' };
  const first = new Signaling({ url: 'ws://hub/ws', room: 'garden' });
  first.open();
  FakeSocket.opened[0].hubSays(WELCOME);
  FakeSocket.opened[0].hubSays(refusal);
  assert.equal(first.state, 'closed');

  FakeSocket.opened = [];
  const { signaling, socket } = joined();
  socket.hubSays(refusal);
  assert.equal(signaling.state, 'reconnecting');
  signaling.close();
});

test('it waits to be let in, also over a lost connection, and then it is in', (context) => {
  context.mock.timers.enable({ apis: ['setTimeout'] });
  const signaling = new Signaling({ url: 'ws://hub/ws', room: 'garden' });
  const states = [];
  signaling.addEventListener('state', ({ detail }) => states.push(detail.state));
  signaling.open();
  FakeSocket.opened[0].hubSays(WELCOME);
  FakeSocket.opened[0].hubSays({ type: 'waiting', room: 'garden', ref: 'join', seq: 1 });
  assert.equal(signaling.state, 'waiting');
  FakeSocket.opened[0].hubCloses(1006);
  context.mock.timers.tick(500);
  const second = FakeSocket.opened[1];
  second.opens();
  second.hubSays({ ...RESUMED, after: 1 });
  assert.equal(signaling.state, 'waiting');
  assert.ok(!second.sent.some(({ type }) => type === 'join'));
  second.hubSays({ ...JOINED, seq: 2 });
  assert.equal(signaling.state, 'joined');
  assert.deepEqual(states, ['waiting', 'reconnecting', 'waiting', 'joined']);
  signaling.close();
});

test('who is not let in is refused, and who gives up waiting leaves', () => {
  for (const end of [
    (signaling, socket) => socket.hubSays({ type: 'error', code: 'join-refused', message: 'no', ref: 'join' }),
    (signaling) => signaling.close(),
  ]) {
    FakeSocket.opened = [];
    const signaling = new Signaling({ url: 'ws://hub/ws', room: 'garden' });
    signaling.open();
    const [socket] = FakeSocket.opened;
    socket.opens();
    socket.hubSays(WELCOME);
    socket.hubSays({ type: 'waiting', room: 'garden', ref: 'join' });
    end(signaling, socket);
    assert.equal(signaling.state, 'closed');
    assert.equal(socket.closedWith, 1000);
  }
});

test('a host hears of knocks and answers them', () => {
  const { signaling, socket } = joined();
  const heard = [];
  for (const type of ['knock', 'knock-ended'])
    signaling.addEventListener(type, ({ detail }) => heard.push([type, detail]));
  socket.hubSays({ type: 'knock', room: 'garden', member: { id: 'bob', name: 'Bob' } });
  signaling.ask('admit', { id: 'bob' });
  assert.deepEqual(socket.sent.at(-1), { type: 'admit', room: 'garden', ref: 'admit', id: 'bob', seq: 2 });
  socket.hubSays({ type: 'knock-ended', room: 'garden', id: 'bob', reason: 'admitted', ref: 'admit' });
  assert.deepEqual(heard, [
    ['knock', { id: 'bob', name: 'Bob' }],
    ['knock-ended', { id: 'bob', reason: 'admitted' }],
  ]);
  signaling.close();
});

test('a hub that falls silent is asked for a sign of life, and then given up', (context) => {
  context.mock.timers.enable({ apis: ['setTimeout'] });
  const { signaling, socket } = joined();
  context.mock.timers.tick(24_999);
  assert.equal(socket.sent.at(-1).type, 'join');
  context.mock.timers.tick(1);
  assert.deepEqual(socket.sent.at(-1), { type: 'ping', ack: 0 });
  socket.hubSays({ type: 'pong', ack: 1 });
  context.mock.timers.tick(25_000);
  assert.equal(signaling.state, 'joined');
  context.mock.timers.tick(10_000);
  assert.equal(signaling.state, 'reconnecting');
  signaling.close();
});

test('leaving says so, closes in order, and does not come back', (context) => {
  context.mock.timers.enable({ apis: ['setTimeout'] });
  const { signaling, socket, states } = joined();
  signaling.close();
  assert.deepEqual(socket.sent.at(-1), { type: 'leave', room: 'garden', seq: 2 });
  assert.equal(socket.closedWith, 1000);
  assert.deepEqual(states.at(-1), { state: 'closed', reason: 'left' });
  context.mock.timers.tick(100_000);
  assert.equal(FakeSocket.opened.length, 1);
});
