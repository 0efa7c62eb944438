/**
 * The same conversation with the stock PeerJS server and with Parley: the frames, the answers to requests and the
 * closures have to be the same, but for ids made by chance. Argument: where Parley's pages are.
 */
import { PeerServer } from 'peer';
import { compare, freePort, socket } from '../lib/conversation.mjs';

const UUID = /[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}/g;

const port = await freePort();
await new Promise((listening) => PeerServer({ port, host: '127.0.0.1', path: '/peerjs' }, listening));
const [stock, ours] = await Promise.all([
  conversation(`http://127.0.0.1:${port}`),
  conversation(process.argv[2].replace(/\/$/, '')),
]);
compare('peerjs-frames', stock, ours);

/** Everything a client sees, in order, as lines. */
async function conversation(base) {
  const lines = [];
  for (const path of ['/peerjs', '/peerjs/peerjs/id', '/peerjs/peerjs/peers', '/peerjs/peerjs/nothing']) {
    const answer = await fetch(base + path);
    const body = answer.ok || answer.status === 401 ? (await answer.text()).replace(UUID, 'UUID') : '';
    lines.push(`${path} ${answer.status} ${body}`);
  }
  const at = `${base.replace('http', 'ws')}/peerjs/peerjs`;
  const speak = (name, query) => socket(lines, name, `${at}?${query}`);
  const ann = await speak('ann', 'key=peerjs&id=ann&token=a&version=1.5.5');
  const bob = await speak('bob', 'key=peerjs&id=b%20ob&token=b');
  await speak('nokey', 'id=x&token=t');
  await speak('noid', 'key=peerjs&id=&token=t');
  await speak('badkey', 'key=other&id=x&token=t');
  await speak('taken', 'key=peerjs&id=ann&token=other');
  for (const type of ['OFFER', 'ANSWER', 'CANDIDATE', 'LEAVE', 'EXPIRE']) {
    await ann.say({ type, src: 'forged', dst: 'b ob', extra: 1, payload: { sdp: 'é\n', n: [1, null, true] } });
  }
  await ann.say({ type: 'OFFER', dst: 'b ob' });
  await ann.say({ type: 'OFFER', dst: 'ann', payload: null });
  await ann.say({ type: 'HEARTBEAT' });
  for (const text of ['{"type":"OPEN","dst":"ann"}', '{"type":"other","dst":"ann"}', '{"type":"OFFER"}', '{}']) {
    await ann.say(text);
  }
  await ann.say(Buffer.from('{"type":"OFFER","dst":"b ob","payload":"in binary"}'));
  await ann.say({ type: 'OFFER', dst: 'late', payload: 1 });
  await ann.say({ type: 'CANDIDATE', dst: 'late', payload: 2 });
  await ann.say({ type: 'LEAVE', dst: 'late' });
  await speak('late', 'key=peerjs&id=late&token=t');
  await ann.say({ type: 'OFFER', dst: 'nobody', payload: 1 });
  await ann.say({ type: 'CANDIDATE', dst: 'nobody', payload: 2 });
  await bob.say({ type: 'OFFER', dst: 'nobody', payload: 3 });
  await ann.next(8000);
  await bob.say({ type: 'LEAVE' });
  await bob.say({ type: 'OFFER', dst: 'ann', payload: 'from one who left' });
  await speak('again', 'key=peerjs&id=b%20ob&token=c');
  return lines;
}
