/** The PeerJS client calls with video both ways, and talks over a data connection. */
import { bundle, runByEveryPath, settled } from '../lib/drop-in-client.mjs';

const CODE = await bundle(`
  import { Peer } from 'peerjs';

  /** Something that moves. */
  function picture() {
    const canvas = Object.assign(document.createElement('canvas'), { width: 160, height: 120 });
    const brush = canvas.getContext('2d');
    let turn = 0;
    setInterval(() => {
      brush.fillStyle = 'hsl(' + (turn += 20) + ' 80% 50%)';
      brush.fillRect(0, 0, 160, 120);
    }, 50);
    return canvas.captureStream(20);
  }

  function play(stream) {
    globalThis.video = Object.assign(document.createElement('video'), { muted: true, srcObject: stream });
    void globalThis.video.play();
  }

  globalThis.open = (id, options) =>
    new Promise((resolve, reject) => {
      const peer = (globalThis.peer = new Peer(id, options));
      peer.on('open', resolve);
      peer.on('error', reject);
      peer.on('call', (call) => {
        call.answer(picture());
        call.on('stream', play);
      });
      peer.on('connection', (connection) => connection.on('data', (data) => connection.send(data)));
    });

  globalThis.call = (id) => globalThis.peer.call(id, picture()).on('stream', play);

  globalThis.echo = (id, value) =>
    new Promise((resolve) => {
      const connection = globalThis.peer.connect(id, { serialization: 'json' });
      connection.on('data', resolve);
      connection.on('open', () => connection.send(value));
    });`);

await runByEveryPath(async (enter, config, base) => {
  const { hostname, port } = new URL(base);
  const options = { host: hostname, port: Number(port), path: '/peerjs', secure: false, config };
  const id = `ann-${crypto.randomUUID()}`;
  const [ann, bob] = [await enter(CODE), await enter(CODE)];
  await ann.evaluate(([own, given]) => globalThis.open(own, given), [id, options]);
  await bob.evaluate(([given]) => globalThis.open(undefined, given), [options]);
  await bob.evaluate((other) => void globalThis.call(other), id);
  for (const page of [ann, bob]) {
    await settled(page, () => globalThis.video?.videoWidth === 160 && globalThis.video.currentTime > 0.3);
  }
  const echoed = await bob.evaluate(([other, value]) => globalThis.echo(other, value), [id, { a: [1, 'é'] }]);
  if (JSON.stringify(echoed) !== '{"a":[1,"é"]}') throw new Error(`came back as ${JSON.stringify(echoed)}`);
  return 'video both ways, and data';
});
