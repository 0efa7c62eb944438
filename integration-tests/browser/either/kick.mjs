/**
 * Somebody who goes by the relay is sent out, and its page goes on sending all the same: what it sends stops arriving
 * within about a second, and its allocations are gone.
 */
import { rawRoom } from '../lib/raw-room.mjs';
import { freshRoom, require } from '../lib/run.mjs';

const STOPPED_MILLIS_MAX = 4_000;
const QUIET_MILLIS = 1_500;

export async function kick({ browser, base, metrics }) {
  const before = await allocations(metrics);
  const room = freshRoom();
  // Neither connects by itself, so that what is measured is the relay and not how well the page behaves.
  const ann = await rawRoom(browser, base, { room, name: 'Ann', iceServers: [] });
  const bob = await rawRoom(browser, base, { room, name: 'Bob', iceServers: [] });
  await ann.until('Bob is there', () => window.room.members.size === 1);
  for (const page of [ann, bob]) await page.evaluate(prepare);
  await bob.evaluate(sendOverAndOver);
  await ann.evaluate(take, await bob.evaluate(localDescription));
  await bob.evaluate(take, await ann.evaluate(localDescription));
  const arrives = () => window.arrived > 20 && window.pictureChanged() && ++window.changes > 3;
  await ann.until('data and pictures come over the relay', arrives);
  const during = await allocations(metrics);
  require(during >= before + 2, `there should be two allocations more than ${before}, not ${during}`);

  const stopped = await ann.evaluate(kickAndWatch, QUIET_MILLIS);
  await bob.until('Bob is told', () => window.room.state === 'closed');
  require(stopped.data < STOPPED_MILLIS_MAX, `data came for another ${stopped.data} ms`);
  require(stopped.pictures < STOPPED_MILLIS_MAX, `pictures came for another ${stopped.pictures} ms`);
  let after = await allocations(metrics);
  for (const end = Date.now() + 10_000; after > during - 1 && Date.now() < end; after = await allocations(metrics)) {
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  require(after <= during - 1, `an allocation of the one sent out is still there: ${during} before, ${after} after`);
  for (const page of [ann, bob]) await page.close();
  return `after the kick data came for ${stopped.data} ms, pictures for ${stopped.pictures} ms; the allocation is gone`;
}

async function allocations(metrics) {
  const text = await (await fetch(metrics)).text();
  const lines = [...text.matchAll(/^parley_turn_allocations(?:\{[^}]*\})? (\S+)$/gm)];
  return lines.reduce((sum, [, value]) => sum + Number(value), 0);
}

/** Runs in the page: a connection of its own with the credentials of the room, by relay only. */
function prepare() {
  const iceServers = window.room.credentials.iceServers;
  const connection = new RTCPeerConnection({ iceServers, iceTransportPolicy: 'relay' });
  window.connection = connection;
  window.arrived = 0;
  window.lastMillis = 0;
  connection.ondatachannel = ({ channel }) => {
    channel.onmessage = () => {
      window.arrived++;
      window.lastMillis = performance.now();
    };
  };
  connection.ontrack = ({ track }) => {
    const video = document.createElement('video');
    video.muted = true;
    video.srcObject = new MediaStream([track]);
    document.body.append(video);
    video.play();
    window.video = video;
  };
  window.changes = 0;
  const context = document.createElement('canvas').getContext('2d', { willReadFrequently: true });
  let before = '';
  window.pictureChanged = () => {
    if (!(window.video?.videoWidth > 0)) return false;
    context.drawImage(window.video, 0, 0, 1, 1);
    const now = context.getImageData(0, 0, 1, 1).data.join();
    const changed = now !== before;
    before = now;
    return changed;
  };
  window.gathered = () =>
    new Promise((resolve) => {
      const check = () => connection.iceGatheringState === 'complete' && resolve(connection.localDescription.toJSON());
      connection.addEventListener('icegatheringstatechange', check);
      check();
    });
}

async function sendOverAndOver() {
  const { connection } = window;
  const channel = connection.createDataChannel('ticks', { ordered: false, maxRetransmits: 0 });
  channel.onopen = () => setInterval(() => channel.readyState === 'open' && channel.send('tick'), 20);
  const canvas = document.createElement('canvas');
  const context = canvas.getContext('2d');
  let hue = 0;
  setInterval(() => {
    context.fillStyle = `hsl(${(hue += 20)} 80% 50%)`;
    context.fillRect(0, 0, canvas.width, canvas.height);
  }, 40);
  const stream = canvas.captureStream(25);
  connection.addTrack(stream.getVideoTracks()[0], stream);
  await connection.setLocalDescription();
}

function localDescription() {
  return window.gathered();
}

async function take(description) {
  const { connection } = window;
  await connection.setRemoteDescription(description);
  if (description.type === 'offer') await connection.setLocalDescription();
}

/** Answers for how long something still came, in milliseconds after the kick. */
async function kickAndWatch(quietMillis) {
  const kickMillis = performance.now();
  window.room.kick([...window.room.members.values()][0]);
  let pictureMillis = kickMillis;
  const quiet = () => performance.now() - Math.max(window.lastMillis, pictureMillis) > quietMillis;
  while (!quiet() && performance.now() - kickMillis < 10_000) {
    await new Promise((resolve) => setTimeout(resolve, 20));
    if (window.pictureChanged()) pictureMillis = performance.now();
  }
  const since = (millis) => Math.max(0, Math.round(millis - kickMillis));
  return { data: since(window.lastMillis), pictures: since(pictureMillis) };
}
