/**
 * The PeerJS client, as its users get it, on Parley's PeerJS endpoint: open with a given and with a fresh id, JSON and
 * binary both ways, an id that is taken, a peer that is not there, and coming back with the old id.
 */
import { createRequire } from 'node:module';
import { DEADLINE_MILLIS } from '../lib/demo-page.mjs';
import { require as expect, run } from '../lib/run.mjs';

const LIBRARY = createRequire(import.meta.url).resolve('peerjs/dist/peerjs.min.js');

await run(async (browser, base) => {
  const ann = await enter(browser, base);
  const bob = await enter(browser, base);
  const annsId = `ann-${crypto.randomUUID()}`;
  expect((await open(ann, base, annsId)) === annsId, 'the id asked for should be opened');
  const bobsId = await open(bob, base, null);
  expect(/^[0-9a-f-]{36}$/.test(bobsId), `a fresh id should be a UUID, not ${bobsId}`);

  for (const serialization of ['json', 'binary']) {
    const echoed = await bob.evaluate(talk, { to: annsId, serialization, deadline: DEADLINE_MILLIS });
    expect(echoed === '{"n":[1,"é",null]}/3,2,1', `${serialization} should go both ways, but came back ${echoed}`);
  }

  const eve = await enter(browser, base);
  const taken = await open(eve, base, annsId);
  expect(taken === 'error unavailable-id', `an id in use should be unavailable, not ${taken}`);

  const [error, millis] = await bob.evaluate(missing, `nobody-${crypto.randomUUID()}`);
  expect(error === 'peer-unavailable', `a missing peer should be unavailable, not ${error}`);
  expect(millis > 4500 && millis < 9000, `that should be known after about 5 s, not ${millis} ms`);

  const back = await ann.evaluate(comeBack);
  expect(back === annsId, `a client that comes back should have its id, not ${back}`);
  const again = await bob.evaluate(talk, { to: annsId, serialization: 'json', deadline: DEADLINE_MILLIS });
  expect(again.startsWith('{"n"'), 'it should be reachable as before');
  return `JSON and binary both ways, id taken, a missing peer known after ${millis} ms, back with the old id`;
});

/** Any page of the server's origin will do; the library is put into it. */
async function enter(browser, base) {
  const page = await browser.newPage({ bypassCSP: true });
  await page.route('**/favicon.ico', (route) => route.fulfill({ status: 204 }));
  await page.goto(`${base}/peerjs`);
  await page.addScriptTag({ path: LIBRARY });
  return page;
}

/** Returns the id, or the type of the error. Whoever connects gets back what it sends, bytes in reverse. */
function open(page, base, id) {
  const { hostname, port } = new URL(base);
  return page.evaluate(
    ({ id, hostname, port }) =>
      new Promise((resolve) => {
        const options = { host: hostname, port: Number(port), path: '/peerjs', secure: false, config: {} };
        const peer = id === null ? new globalThis.Peer(options) : new globalThis.Peer(id, options);
        globalThis.peer = peer;
        peer.on('open', resolve);
        peer.on('error', (error) => resolve(`error ${error.type}`));
        peer.on('connection', (connection) =>
          connection.on('data', (data) =>
            connection.send(ArrayBuffer.isView(data) || data instanceof ArrayBuffer
              ? new Uint8Array(data).reverse()
              : data),
          ),
        );
      }),
    { id, hostname, port },
  );
}

/** In the page: sends an object, and bytes if that can be, and returns what came back. */
function talk({ to, serialization, deadline }) {
  return new Promise((resolve, reject) => {
    const connection = globalThis.peer.connect(to, { reliable: true, serialization, metadata: { a: 1 } });
    const back = [];
    setTimeout(() => reject(new Error(`${serialization}: only ${back.length} came back`)), deadline);
    connection.on('open', () => {
      connection.send({ n: [1, 'é', null] });
      connection.send(serialization === 'json' ? '3,2,1' : new Uint8Array([1, 2, 3]));
    });
    connection.on('data', (data) => {
      const bytes = ArrayBuffer.isView(data) || data instanceof ArrayBuffer;
      back.push(bytes ? [...new Uint8Array(data)].join() : typeof data === 'string' ? data : JSON.stringify(data));
      if (back.length === 2) {
        connection.close();
        resolve(back.join('/'));
      }
    });
  });
}

/** In the page: connects to an id that nobody has; returns the type of the error and how long it took. */
function missing(id) {
  return new Promise((resolve) => {
    const began = performance.now();
    globalThis.peer.on('error', (error) => resolve([error.type, Math.round(performance.now() - began)]));
    globalThis.peer.connect(id);
  });
}

/** In the page: gives the connection to the server up and comes back; returns the id it has then. */
function comeBack() {
  return new Promise((resolve) => {
    globalThis.peer.on('open', resolve);
    globalThis.peer.disconnect();
    globalThis.peer.reconnect();
  });
}
