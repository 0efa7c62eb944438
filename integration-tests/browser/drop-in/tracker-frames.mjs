/**
 * The same conversation with WebTorrent's tracker and with Parley: every frame has to be the same; then the tracker's
 * own client announces to Parley. Argument: where Parley's pages are.
 */
import { once } from 'node:events';
import tracker from 'bittorrent-tracker';
import { compare, freePort, socket } from '../lib/conversation.mjs';

const port = await freePort();
const server = new tracker.Server({ udp: false, http: false, ws: true, stats: false });
server.on('warning', () => {});
server.listen(port, '127.0.0.1');
await once(server, 'listening');

const parley = process.argv[2].replace(/\/$/, '').replace('http', 'ws');
const [stock, ours] = await Promise.all([
  conversation(`ws://127.0.0.1:${port}`),
  conversation(`${parley}/tracker`),
]);
ours.push(...(await announce(`${parley}/tracker`)));
stock.push('the client: 0 complete, 1 incomplete', 'the client: 1 complete, 0 incomplete');
compare('tracker-frames', stock, ours);

/** Everything two peers see, in order, as lines. */
async function conversation(address) {
  const lines = [];
  const info_hash = 'hhhhhhhhhhhhhhhhhhh\u00ff';
  const common = (peer) => ({ action: 'announce', info_hash, peer_id: peer.repeat(20) });
  const ann = await socket(lines, 'ann', address);
  const bob = await socket(lines, 'bob', address);
  const offer = (n) => ({ offer: { type: 'offer', sdp: `é${n}\n` }, offer_id: `${n}`.repeat(20) });
  await ann.say({ ...common('a'), event: 'started', left: 5, numwant: 1, offers: [offer(1)] });
  await bob.say({ ...common('b'), numwant: 3, offers: [offer(1), offer(2)] });
  await ann.say({ ...common('a'), answer: { type: 'answer', sdp: 'y' }, offer_id: offer(1).offer_id,
    to_peer_id: 'b'.repeat(20) });
  await ann.say({ ...common('a'), answer: { type: 'answer', sdp: 'y' }, offer_id: 'x', to_peer_id: 'c'.repeat(20) });
  await ann.say({ ...common('a'), event: 'completed', left: 0 });
  await bob.say({ ...common('b'), event: 'update', left: null });
  await bob.say({ ...common('b'), event: 'paused', left: 3 });
  await bob.say({ ...common('b'), event: 'nonsense' });
  await ann.say({ action: 'scrape', info_hash });
  await ann.say({ action: 'scrape', info_hash: [info_hash, 'o'.repeat(20)] });
  await ann.say({ action: 'announce', info_hash: 'short', peer_id: 'a'.repeat(20) });
  await ann.say({ action: 'announce', info_hash, peer_id: 7 });
  await ann.say({ ...common('a'), answer: {}, to_peer_id: 'short' });
  await ann.say({ ...common('a'), event: 'stopped', left: 0 });
  await bob.leave();
  await ann.say({ action: 'scrape', info_hash });
  return lines;
}

/** The client makes no offers, for which it would need WebRTC, and so only has to believe that it has it. */
async function announce(address) {
  const lines = [];
  const client = new tracker.Client({
    infoHash: Buffer.alloc(20, 'c'),
    peerId: Buffer.alloc(20, 'p'),
    announce: [address],
    port: 6881,
    wrtc: { RTCPeerConnection: class {}, RTCSessionDescription: class {}, RTCIceCandidate: class {} },
  });
  client.on('error', (error) => lines.push(`the client: ${error.message}`));
  client.on('warning', (error) => lines.push(`the client: ${error.message}`));
  for (const begin of ['start', 'complete']) {
    client[begin]({ numwant: 0, left: begin === 'start' ? 1 : 0, uploaded: 0, downloaded: 0 });
    const [{ complete, incomplete }] = await once(client, 'update');
    lines.push(`the client: ${complete} complete, ${incomplete} incomplete`);
  }
  client.destroy();
  return lines;
}
