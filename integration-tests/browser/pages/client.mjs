/** The browser client without the demo page: what its types promise to an application. */
import { DEADLINE_MILLIS } from '../lib/demo-page.mjs';
import { freshRoom, require, run } from '../lib/run.mjs';

await run(async (browser, base) => {
  const room = freshRoom();
  const ann = await join(browser, base, { room, name: 'Ann', metadata: { colour: 'green' } });
  const bob = await join(browser, base, { room, name: 'Bob' });

  const seen = await bob.evaluate(() =>
    [...window.room.members.values()].map(({ name, metadata }) => ({ name, metadata })),
  );
  require(JSON.stringify(seen) ===
    '[{"name":"Ann","metadata":{"colour":"green"}}]', `Bob sees ${JSON.stringify(seen)}`);
  await Promise.all(
    [ann, bob].map((page) => page.waitForFunction(connected, null, { polling: 100, timeout: DEADLINE_MILLIS })),
  );

  await ann.evaluate(() => window.room.broadcast({ text: 'Good morning' }));
  await said(bob, 'message', '{"text":"Good morning"}');

  await bob.evaluate(() => {
    const channel = [...window.room.members.values()][0].openChannel('chess', { ordered: true });
    channel.onopen = () => channel.send('e4');
  });
  await said(ann, 'channel', '"chess"');

  await ann.evaluate(() => {
    const canvas = document.createElement('canvas');
    canvas.getContext('2d').fillRect(0, 0, 10, 10);
    const stream = canvas.captureStream(5);
    window.room.addTrack(stream.getVideoTracks()[0], stream);
  });
  await said(bob, 'track', '"video"');

  await ann.evaluate(() => window.room.update({ name: 'Anne', metadata: { colour: 'blue' } }));
  await bob.waitForFunction(() => [...window.room.members.values()][0].metadata.colour === 'blue', null, {
    polling: 100,
  });

  const written = await sendToSink(ann, bob);
  require(written.bytes === 2_500_000 &&
    written.closed &&
    !written.blob, `the sink should get it all: ${JSON.stringify(written)}`);

  const refusal = await refusedJoin(browser, base);
  require(refusal === 'bad-message', `a bad name should be refused, not answered with ${refusal}`);
  await ann.evaluate(() => window.room.leave());
  await bob.waitForFunction(() => window.room.members.size === 0, null, {
    polling: 100,
    timeout: DEADLINE_MILLIS,
  });
  return 'members, metadata, messages, channels, tracks, a sink, a refused join and leaving work';
});

function connected() {
  return [...window.room.members.values()].some((member) => member.state === 'connected');
}

async function join(browser, base, options) {
  const page = await browser.newPage();
  await page.goto(base);
  await page.evaluate(async (joinOptions) => {
    const { joinRoom } = await import('/parley.js');
    window.room = await joinRoom(joinOptions);
    window.said = [];
    const note = (type, value) => window.said.push(`${type} ${JSON.stringify(value)}`);
    window.room.addEventListener('message', ({ detail }) => note('message', detail.data));
    window.room.addEventListener('channel', ({ detail }) => note('channel', detail.channel.label));
    window.room.addEventListener('track', ({ detail }) => note('track', detail.event.track.kind));
  }, options);
  return page;
}

async function said(page, type, value) {
  await page.waitForFunction((line) => window.said.includes(line), `${type} ${value}`, {
    timeout: DEADLINE_MILLIS,
  });
}

async function sendToSink(from, to) {
  await to.evaluate(() => {
    window.sink = { bytes: 0, closed: false, done: false };
    window.room.addEventListener('offer', ({ detail: transfer }) => {
      const openSink = async () => ({
        write: async (bytes) => (window.sink.bytes += bytes.length),
        close: async () => (window.sink.closed = true),
        abort: async () => {},
      });
      transfer.accept({ openSink });
      transfer.addEventListener('change', () => {
        window.sink.done = transfer.state === 'done';
        window.sink.blob = transfer.files[0].blob;
      });
    });
  });
  await from.evaluate(() => window.room.sendFiles([new File([new Uint8Array(2_500_000)], 'sunk.bin')]));
  await to.waitForFunction(() => window.sink.done, null, { polling: 100, timeout: DEADLINE_MILLIS });
  return to.evaluate(() => window.sink);
}

async function refusedJoin(browser, base) {
  const page = await browser.newPage();
  await page.goto(base);
  return page.evaluate(async () => {
    const { joinRoom } = await import('/parley.js');
    return joinRoom({ room: 'x'.repeat(300) }).then(
      () => 'a room',
      (error) => error.code,
    );
  });
}
