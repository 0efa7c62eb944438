/** Values are set all the time while the sessions lose their connections again and again: each comes once, in order. */
import { connectedWith, rawRoom } from '../lib/raw-room.mjs';
import { freshRoom, require } from '../lib/run.mjs';

const VALUES = 120;
const CUTS = 5;

export async function resume({ browser, base }) {
  const room = freshRoom();
  const ann = await rawRoom(browser, base, { room, name: 'Ann' });
  const bob = await rawRoom(browser, base, { room, name: 'Bob' });
  const pages = [ann, bob];
  for (const page of pages) await connectedWith(page, 1);
  for (const page of pages) await page.evaluate(listen);
  for (const page of pages) await page.evaluate(begin, { values: VALUES, cuts: CUTS });
  const heard = [];
  for (const page of pages) {
    heard.push(await page.until('all values came', (count) => window.heard.length >= count && window.heard, VALUES));
  }
  const expected = JSON.stringify(Array.from({ length: VALUES }, (_, at) => at));
  for (const values of heard) require(JSON.stringify(values) === expected, `lost, doubled or out of order: ${values}`);
  for (const page of pages) await page.until('it came back each time', (count) => window.resumed === count, CUTS);
  for (const page of pages) await page.close();
  return `${2 * VALUES} numbered messages, each once and in order, over ${2 * CUTS} cut connections`;
}

/** Runs in the page, before either begins. */
function listen() {
  const { room } = window;
  window.heard = [];
  window.resumed = 0;
  room.addEventListener('resumed', () => window.resumed++);
  room.addEventListener('valuechange', ({ detail }) => detail.by !== room.id && window.heard.push(detail.value));
}

/** Runs in the page: sets values, and cuts its connection at some of them. */
function begin({ values, cuts }) {
  const { room } = window;
  let next = 0;
  let cut = 0;
  const timer = setInterval(() => {
    if (next < values) room.set(`from-${room.id}`, next++);
    const due = next >= ((cut + 1) * values) / (cuts + 1) && window.resumed === cut && room.state === 'joined';
    if (cut < cuts && due) {
      cut++;
      room.reconnect();
    }
    if (next === values && cut === cuts) clearInterval(timer);
  }, 30);
}
