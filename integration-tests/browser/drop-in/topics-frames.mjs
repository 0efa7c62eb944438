/**
 * The same conversation with y-webrtc's signaling server and with Parley: every frame has to be the same. Argument:
 * where Parley's pages are.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { compare, freePort, socket } from '../lib/conversation.mjs';

const port = await freePort();
const script = fileURLToPath(new URL('../node_modules/y-webrtc/bin/server.js', import.meta.url));
const server = spawn(process.execPath, [script], { env: { ...process.env, PORT: String(port) } });
process.on('exit', () => server.kill());
await once(server.stdout, 'data');

const [stock, ours] = await Promise.all([
  conversation(`http://127.0.0.1:${port}/topics`),
  conversation(`${process.argv[2].replace(/\/$/, '')}/topics`),
]);
compare('topics-frames', stock, ours);

/** Everything two clients see, in order, as lines. */
async function conversation(base) {
  const lines = [`${await (await fetch(base)).text()}`];
  const at = base.replace('http', 'ws');
  const ann = await socket(lines, 'ann', `${at}?token=anything`);
  const bob = await socket(lines, 'bob', at);
  await ann.say({ type: 'publish', topic: 't', data: 'to nobody' });
  await ann.say({ type: 'subscribe', topics: ['t', 7, null, 't'] });
  await bob.say({ type: 'subscribe', topics: [] });
  await ann.say({ type: 'publish', topic: 't', data: { a: [1, 'é', null] }, more: true });
  await bob.say({ type: 'publish', topic: 't', data: 'from one who is not subscribed' });
  await bob.say({ type: 'subscribe', topics: ['t', 'u'] });
  await bob.say(Buffer.from('{"type":"publish","topic":"t","data":"in binary"}'));
  await ann.say({ type: 'ping' });
  for (const odd of [{ type: 'other' }, { topic: 't' }, { type: 'publish' }, { type: 'publish', topic: '' }]) {
    await ann.say(odd);
  }
  await ann.say({ type: 'unsubscribe', topics: ['t', 'never'] });
  await bob.say({ type: 'publish', topic: 't', data: 1 });
  await bob.leave();
  await ann.say({ type: 'publish', topic: 't', data: 2 });
  return lines;
}
