import assert from 'node:assert/strict';
import { beforeEach, test } from 'node:test';
import { installFakeFetch, settled } from './fake-fetch.mjs';
import { load } from './web.mjs';

const { HttpLine } = await load('parley/http-line.js');

let requests;
beforeEach(() => (requests = installFakeFetch()));

const event = (message) => `id: ${message.seq}\ndata: ${JSON.stringify(message)}\n\n`;

/** A line that is welcome, with all it told its owner. */
async function opened(context, options) {
  context.mock.timers.enable({ apis: ['setTimeout'] });
  const line = new HttpLine('ws://hub/sub/ws', options);
  const told = [];
  line.onmessage = (message) => told.push(message);
  line.onclose = ({ code, reason }) => told.push({ closed: code, reason });
  line.ontransport = () => told.push({ transport: line.transport });
  line.onopen = () => line.send('{"type":"hello"}');
  await settled();
  await requests[0].answers([{ type: 'welcome' }], 'me.key');
  return { line, told };
}

test('it says hello alone, and asks for events with the key it got', async (context) => {
  const { line, told } = await opened(context);
  assert.equal(requests[0].url, 'http://hub/sub/messages');
  assert.deepEqual([requests[0].key, requests[0].messages], [null, [{ type: 'hello' }]]);
  assert.deepEqual([requests[1].path, requests[1].key], ['/sub/events?received=0', 'me.key']);
  assert.equal(requests[1].options.headers.accept, 'text/event-stream');
  assert.deepEqual(told, [{ type: 'welcome' }]);
  line.close(false);
});

test('messages go up in order, one request after the other', async (context) => {
  const { line, told } = await opened(context);
  for (let seq = 1; seq <= 3; seq++) line.send(JSON.stringify({ type: 'ping', seq }));
  await settled();
  assert.deepEqual(requests[2].messages, [{ type: 'ping', seq: 1 }]);
  assert.equal(requests.length, 3);
  await requests[2].answers([{ type: 'ack', ack: 1 }]);
  assert.deepEqual(
    requests[3].messages.map(({ seq }) => seq),
    [2, 3],
  );
  assert.deepEqual(told.at(-1), { type: 'ack', ack: 1 });
  line.close(false);
});

test('events come down whatever way they are cut, and the next stream goes on after the last', async (context) => {
  const { line, told } = await opened(context);
  const text = `:\n\n${event({ type: 'a', seq: 1 })}${event({ type: 'b', seq: 2 })}`;
  await requests[1].streams(text.slice(0, 20));
  for (const character of text.slice(20)) await requests[1].says(character);
  assert.deepEqual(told.slice(1), [
    { type: 'a', seq: 1 },
    { type: 'b', seq: 2 },
  ]);
  context.mock.method(performance, 'now', () => Number.MAX_SAFE_INTEGER);
  await requests[1].ends();
  assert.equal(requests[2].path, '/sub/events?received=2');
  line.close(false);
});

test('a stream of which nothing is seen makes it poll', async (context) => {
  const { line, told } = await opened(context);
  await requests[1].streams();
  context.mock.timers.tick(5_000);
  await settled();
  assert.deepEqual(told.at(-1), { transport: 'polling' });
  assert.equal(requests[2].options.headers.accept, 'application/json');
  await requests[2].answers([{ type: 'a', seq: 1 }]);
  assert.equal(requests[3].path, '/sub/events?received=1');
  await requests[3].answers([]);
  assert.equal(requests[4].path, '/sub/events?received=1');
  line.close(false);
});

test('the last words of the hub end it like a close frame', async (context) => {
  const { told } = await opened(context);
  await requests[1].streams('event: closed\ndata: {"type":"closed","code":4010,"reason":"going-away"}\n\n');
  assert.deepEqual(told.at(-1), { closed: 4010, reason: 'going-away' });
  await settled();
  assert.equal(requests.length, 2);
});

test('any request that fails is the loss of the line', async (context) => {
  const { line, told } = await opened(context, { polls: true });
  line.send('{"type":"ping"}');
  await requests.at(-1).fails(404);
  assert.deepEqual(told.at(-1), { closed: 1006, reason: '' });
  assert.ok(requests[1].aborted);
});

test('after it was closed it calls nobody', async (context) => {
  const { line, told } = await opened(context);
  await requests[1].streams(':\n\n');
  const count = told.length;
  line.close(false);
  await settled();
  assert.ok(requests[1].aborted);
  assert.equal(told.length, count);
});
