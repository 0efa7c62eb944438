import assert from 'node:assert/strict';
import { beforeEach, test } from 'node:test';
import { FakeSocket, installFakeSocket } from './fake-socket.mjs';
import { load } from './web.mjs';

const { Signaling } = await load('parley/signaling.js');
const { TokenClock } = await load('parley/token-clock.js');

const WELCOME = { type: 'welcome', id: 'me', resumeToken: 'me.1', heartbeatSeconds: 25, iceServers: [] };

beforeEach(installFakeSocket);

/** A client that was let in with a token, and what it says about that. */
function admitted(context) {
  context.mock.timers.enable({ apis: ['setTimeout'] });
  const signaling = new Signaling({ url: 'ws://hub/ws', room: 'garden', token: 'first' });
  const told = [];
  for (const type of ['state', 'refused', 'token-expiring'])
    signaling.addEventListener(type, ({ detail }) => told.push({ told: type, ...detail, code: detail.code }));
  signaling.open();
  const [socket] = FakeSocket.opened;
  socket.opens();
  return { signaling, socket, told };
}

test('the token goes with hello, and never into the address', (context) => {
  const { signaling, socket } = admitted(context);
  assert.deepEqual(socket.sent, [{ type: 'hello', token: 'first', room: 'garden' }]);
  assert.equal(socket.url, 'ws://hub/ws');
  signaling.close();
});

test('it says a minute before, or half-way to, the end of the token that it ends', (context) => {
  const told = [];
  context.mock.timers.enable({ apis: ['setTimeout'] });
  const clock = new TokenClock((seconds) => told.push(seconds));
  clock.set(3600);
  context.mock.timers.tick(3_539_999);
  assert.deepEqual(told, []);
  context.mock.timers.tick(1);
  assert.deepEqual(told, [60]);
  clock.set(10);
  context.mock.timers.tick(5_000);
  assert.deepEqual(told, [60, 5]);
  clock.set(10);
  clock.set(undefined);
  context.mock.timers.tick(100_000);
  assert.deepEqual(told, [60, 5]);
});

test('a newer token is used for later sessions once the hub has taken it', (context) => {
  const { signaling, socket, told } = admitted(context);
  socket.hubSays(WELCOME);
  socket.hubSays({ type: 'token', expiresInSeconds: 20 });
  context.mock.timers.tick(10_000);
  assert.deepEqual(
    told.filter(({ told: type }) => type === 'token-expiring').map(({ expiresInSeconds }) => expiresInSeconds),
    [10],
  );
  signaling.refreshToken('bad');
  socket.hubSays({ type: 'error', code: 'denied', message: 'no', ref: 'refresh' });
  assert.equal(told.at(-1).code, 'denied');
  assert.equal(signaling.state, 'connecting', 'nothing else has changed');
  signaling.refreshToken('second');
  assert.deepEqual({ ...socket.sent.at(-1), seq: 0 }, {
    type: 'refresh',
    token: 'second',
    room: 'garden',
    ref: 'refresh',
    seq: 0,
  });
  socket.hubSays({ type: 'token', expiresInSeconds: 3600, ref: 'refresh' });
  socket.hubCloses(1006);
  context.mock.timers.tick(told.at(-1).retryMillis);
  const next = FakeSocket.opened.at(-1);
  next.opens();
  next.hubSays({ type: 'error', code: 'no-such-session' });
  assert.deepEqual(next.sent.at(-1), { type: 'hello', token: 'second', room: 'garden' });
  signaling.close();
});

test('who is not let in is told so and does not try again', (context) => {
  const { signaling, socket, told } = admitted(context);
  socket.hubSays({ type: 'error', code: 'denied', message: 'no' });
  socket.hubCloses(4003, 'denied');
  assert.deepEqual(
    told.map(({ told: type, code, reason }) => [type, code ?? reason]),
    [
      ['refused', 'denied'],
      ['state', 'denied'],
    ],
  );
  assert.equal(signaling.state, 'closed');
});

test('the end of the token is the end of the room', (context) => {
  const { signaling, socket, told } = admitted(context);
  socket.hubSays(WELCOME);
  socket.hubCloses(4004, 'token-expired');
  assert.deepEqual([signaling.state, told.at(-1).reason], ['closed', 'token-expired']);
});
