/** A room that hides addresses: all in it change over to the relay, and back when the host is done with that. */
import { enterDemo, showsMember } from '../lib/either-demo.mjs';
import { obliviousPage } from '../lib/oblivious.mjs';
import { freshRoom, require } from '../lib/run.mjs';

export async function relayRoom({ browser, base }) {
  const room = freshRoom();
  const ann = await enterDemo(browser, { base, room, name: 'Ann' });
  const bob = await enterDemo(browser, { base, room, name: 'Bob' });
  await showsMember(ann, 'Bob');
  require(!(await bob.evaluate(ownSwitch)).disabled, 'who goes by the relay is a choice of one’s own at first');

  await ann.evaluate(() => document.getElementById('relay-room').click());
  for (const page of [ann, bob]) {
    await page.until('everything is relayed', isRelayed);
    const own = await page.evaluate(ownSwitch);
    require(own.checked && own.disabled && own.told, 'the page says that it is so for everybody');
  }

  await ann.evaluate(() => document.getElementById('relay-room').click());
  await bob.until('it is a choice again', () => !document.getElementById('relay-only').disabled);
  const back = await bob.evaluate(ownSwitch);
  require(!back.checked && !back.told, 'the choice is the one made before');
  await showsMember(ann, 'Bob');
  await showsMember(bob, 'Ann');
  await bob.close();
  const oblivious = await obliviousMeet(ann, browser, base, room);
  await ann.close();
  return `both changed over to the relay when the host hid addresses, and could choose again afterwards; ${oblivious}`;
}

/** Clients that do not know of such rooms reach each other all the same, and learn no address. */
async function obliviousMeet(ann, browser, base, room) {
  await ann.evaluate(() => document.getElementById('relay-room').click());
  await ann.until('addresses are hidden', () => document.getElementById('relay-only').disabled);
  const answering = await obliviousPage(browser, base, room, false);
  const offering = await obliviousPage(browser, base, room, true);
  const told = [];
  for (const page of [answering, offering]) {
    await page.until('it is connected', () => window.oblivious.state === 'connected');
    const { heard, told: types } = await page.evaluate(() => ({ ...window.oblivious, socket: null }));
    require(heard.includes('relay') && new Set(heard).size === 1, `only relayed candidates came in, not ${heard}`);
    told.push(...types);
  }
  require(told.includes('host'), 'they told more than that');
  for (const page of [answering, offering]) await page.close();
  return `of ${told.length} candidates of clients that know nothing of it only those of relays went on`;
}

/** Runs in the page, as the next. */
function ownSwitch() {
  const { checked, disabled } = document.getElementById('relay-only');
  return { checked, disabled, told: !document.getElementById('relay-note').hidden };
}

function isRelayed() {
  return document.querySelector('[data-test="member"][data-state="connected"][data-path="relayed"]') !== null;
}
