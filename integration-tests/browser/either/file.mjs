/** A file on the demo page; while it is on its way the path changes and both connections to the server are cut. */
import { arrivedFile, enterDemo, offerFile, showsMember } from '../lib/either-demo.mjs';
import { freshRoom, require } from '../lib/run.mjs';

const BYTES = 10_000_000;

export async function file({ browser, base }) {
  const room = freshRoom();
  const ann = await enterDemo(browser, { base, room, name: 'Ann' });
  const bob = await enterDemo(browser, { base, room, name: 'Bob' });
  await showsMember(ann, 'Bob');
  await showsMember(bob, 'Ann');
  const sent = await offerFile(ann, 'long.bin', BYTES);
  await bob.click('accept');
  const atBreak = await progress(bob, 3);
  // Both, since on one host Firefox gives up a relay's address once another port of it was refused.
  for (const page of [ann, bob]) await page.evaluate(() => document.getElementById('relay-only').click());
  await ann.shows('[data-test="member"][data-path="relayed"]');
  const atReturn = await progress(bob, 1);
  require(atReturn >= atBreak, `it should go on where it stopped, at ${atBreak} %, and not at ${atReturn} %`);
  for (const page of [ann, bob]) {
    await page.evaluate(() => (document.getElementById('behind').open = true));
    await page.click('cut');
  }
  for (const page of [ann, bob]) {
    const resumed = () => document.getElementById('fact-losses').textContent === 'once, went on without a gap once';
    await page.until('the session goes on', resumed);
  }
  const atCut = await progress(bob, 1);
  const received = await arrivedFile(bob, 'long.bin');
  require(received === sent, `what arrived is not what was sent: ${received}`);
  await ann.shows('[data-test="transfer"][data-state="done"]');
  for (const page of [ann, bob]) await page.close();
  return `10 MB arrived whole: another path from ${atBreak} % on, both sessions resumed by ${atCut} %`;
}

function progress(page, percent) {
  const reached = (wanted) => {
    const bar = document.querySelector('[data-part="progress"]');
    const now = bar.closest('[data-state="done"]') ? 100 : Number(bar.getAttribute('aria-valuenow'));
    return now >= wanted && now;
  };
  return page.until(`the file has come to ${percent} %`, reached, percent);
}
