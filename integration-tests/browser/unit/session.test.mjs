import assert from 'node:assert/strict';
import { beforeEach, test } from 'node:test';
import { installFakeFetch, settled } from './fake-fetch.mjs';
import { FakeSocket, installFakeSocket } from './fake-socket.mjs';
import { load } from './web.mjs';

const { Session } = await load('parley/session.js');

const welcome = (token = 'me.1') => ({ type: 'welcome', id: 'me', resumeToken: token, heartbeatSeconds: 25 });

beforeEach(installFakeSocket);

/** A session that is welcome, with what it told its owner. */
function opened(context) {
  context.mock.timers.enable({ apis: ['setTimeout'] });
  const session = new Session('ws://hub/ws');
  const told = [];
  for (const type of ['welcome', 'resumed', 'message', 'lost', 'closed'])
    session.addEventListener(type, ({ detail }) => told.push({ told: type, ...detail }));
  session.open();
  const [socket] = FakeSocket.opened;
  socket.opens();
  socket.hubSays(welcome());
  return { session, socket, told };
}

/** The next connection after the present one broke. */
function reconnected(context, socket, told) {
  socket.hubCloses(1006);
  context.mock.timers.tick(told.at(-1).retryMillis);
  const next = FakeSocket.opened.at(-1);
  next.opens();
  return next;
}

test('it says hello first and numbers what it sends', (context) => {
  const { session, socket } = opened(context);
  session.send({ type: 'join', room: 'r' });
  session.send({ type: 'leave', room: 'r' });
  assert.deepEqual(socket.sent, [
    { type: 'hello' },
    { type: 'join', room: 'r', seq: 1 },
    { type: 'leave', room: 'r', seq: 2 },
  ]);
  session.close();
});

test('after a loss it goes on where it was, and sends what the hub did not get again', (context) => {
  const { session, socket, told } = opened(context);
  for (const room of ['a', 'b', 'c']) session.send({ type: 'join', room });
  socket.hubSays({ type: 'signal', seq: 1 });
  socket.hubSays({ type: 'signal', seq: 2 });
  const next = reconnected(context, socket, told);
  session.send({ type: 'join', room: 'd' });
  assert.deepEqual(next.sent, [{ type: 'resume', token: 'me.1', received: 2 }]);
  next.hubSays({ type: 'resumed', resumeToken: 'me.2', ack: 2, after: 2, lost: false });
  assert.deepEqual(
    next.sent.slice(1).map(({ room, seq }) => [room, seq]),
    [
      ['c', 3],
      ['d', 4],
    ],
  );
  assert.equal(told.at(-1).told, 'resumed');
  session.close();
});

test('a session the hub does not know is begun anew, on the same connection', (context) => {
  const { session, socket, told } = opened(context);
  session.send({ type: 'join', room: 'a' });
  const next = reconnected(context, socket, told);
  next.hubSays({ type: 'error', code: 'no-such-session' });
  assert.deepEqual(next.sent.at(-1), { type: 'hello' });
  next.hubSays(welcome('you.1'));
  session.send({ type: 'join', room: 'b' });
  assert.deepEqual(next.sent.at(-1), { type: 'join', room: 'b', seq: 1 });
  assert.equal(told.filter(({ told: type }) => type === 'welcome').length, 2);
  session.close();
});

test('what came is confirmed at once when it is much, and soon when it is little', (context) => {
  const { session, socket } = opened(context);
  for (let seq = 1; seq <= 32; seq++) socket.hubSays({ type: 'signal', seq });
  assert.deepEqual(socket.sent.at(-1), { type: 'ack', ack: 32 });
  socket.hubSays({ type: 'signal', seq: 33 });
  assert.deepEqual(socket.sent.at(-1), { type: 'ack', ack: 32 });
  context.mock.timers.tick(2_000);
  assert.deepEqual(socket.sent.at(-1), { type: 'ack', ack: 33 });
  session.close();
});

test('what the hub acknowledged is not sent again', (context) => {
  const { session, socket, told } = opened(context);
  session.send({ type: 'join', room: 'a' });
  socket.hubSays({ type: 'ack', ack: 1 });
  const next = reconnected(context, socket, told);
  next.hubSays({ type: 'resumed', resumeToken: 'me.2', ack: 1, after: 0, lost: false });
  assert.equal(next.sent.length, 1);
  session.close();
});

test('after a loss of messages it counts on from where the hub says', (context) => {
  const { session, socket, told } = opened(context);
  const next = reconnected(context, socket, told);
  next.hubSays({ type: 'resumed', resumeToken: 'me.2', ack: 0, after: 300, lost: true });
  next.hubSays({ type: 'joined', seq: 301 });
  const third = reconnected(context, next, told);
  assert.deepEqual(third.sent, [{ type: 'resume', token: 'me.2', received: 301 }]);
  session.close();
});

test('taken over by another page it does not fight for the session', (context) => {
  const { told, socket } = opened(context);
  socket.hubCloses(4001, 'replaced');
  assert.deepEqual(told.at(-1), { told: 'closed', reason: 'replaced' });
});

test('one who says too much while the hub is away begins anew', (context) => {
  const { session, socket, told } = opened(context);
  socket.hubCloses(1006);
  for (let i = 0; i < 513; i++) session.send({ type: 'signal', room: 'r' });
  context.mock.timers.tick(told.at(-1).retryMillis);
  const next = FakeSocket.opened.at(-1);
  next.opens();
  assert.deepEqual(next.sent, [{ type: 'hello' }]);
  session.close();
});

/** A session in a network without WebSockets, and the requests it makes instead. */
async function fallenBack(context) {
  context.mock.timers.enable({ apis: ['setTimeout'] });
  const requests = installFakeFetch();
  const session = new Session('ws://hub/ws');
  const told = [];
  for (const type of ['welcome', 'resumed', 'lost', 'transport'])
    session.addEventListener(type, ({ detail }) => told.push({ told: type, ...detail }));
  session.open();
  for (let i = 0; i < 2; i++) {
    FakeSocket.opened.at(-1).hubCloses(1006);
    context.mock.timers.tick(told.at(-1).retryMillis);
  }
  await settled();
  await requests[0].answers([welcome()], 'me.key');
  await requests[1].streams(':\n\n');
  return { session, requests, told };
}

test('after two WebSockets that did not open it goes over HTTP', async (context) => {
  const { session, requests, told } = await fallenBack(context);
  assert.equal(FakeSocket.opened.length, 2);
  assert.equal(session.transport, 'events');
  assert.deepEqual(told.at(-1).told, 'welcome');
  session.send({ type: 'join', room: 'r' });
  await settled();
  assert.deepEqual(requests.at(-1).messages, [{ type: 'join', room: 'r', seq: 1 }]);
  session.close();
});

test('a WebSocket that opens and stays silent is enough to go over HTTP', async (context) => {
  context.mock.timers.enable({ apis: ['setTimeout'] });
  const requests = installFakeFetch();
  const session = new Session('ws://hub/ws');
  session.open();
  FakeSocket.opened[0].opens();
  context.mock.timers.tick(15_000);
  context.mock.timers.tick(500);
  await settled();
  assert.deepEqual(requests[0].messages, [{ type: 'hello' }]);
  session.close();
});

test('it gets back to a WebSocket after a while, with nothing lost', async (context) => {
  const { session, requests, told } = await fallenBack(context);
  session.send({ type: 'join', room: 'r' });
  await requests[1].says('id: 1\ndata: {"type":"signal","seq":1}\n\n');
  context.mock.timers.tick(60_000);
  const socket = FakeSocket.opened.at(-1);
  assert.equal(FakeSocket.opened.length, 3);
  socket.opens();
  assert.deepEqual(socket.sent, [{ type: 'resume', token: 'me.1', received: 1 }]);
  assert.ok(requests[1].aborted);
  socket.hubSays({ type: 'resumed', resumeToken: 'me.2', ack: 0, after: 1, lost: false });
  assert.deepEqual(socket.sent.at(-1), { type: 'join', room: 'r', seq: 1 });
  assert.equal(session.transport, 'websocket');
  assert.ok(!told.slice(4).some(({ told: type }) => type === 'lost'));
  session.close();
});

test('while no WebSocket opens HTTP goes on, and it is asked less and less', async (context) => {
  const { session, requests } = await fallenBack(context);
  context.mock.timers.tick(60_000);
  await settled();
  FakeSocket.opened.at(-1).hubCloses(1006);
  assert.equal(FakeSocket.opened.length, 3);
  assert.equal(session.transport, 'events');
  session.close();
});
