/**
 * How a transfer may end before its end: declined, cancelled by either side, or the other side goes away. Both
 * sides say so.
 */
import { DEADLINE_MILLIS, enter, hook, sendFiles, transferCard, waitForMember } from '../lib/demo-page.mjs';
import { largeFile } from '../lib/large-file.mjs';
import { freshRoom, require, run } from '../lib/run.mjs';

await run(async (browser, base) => {
  const room = freshRoom();
  const ann = await enter(browser, { base, room, name: 'Ann' });
  const bob = await enter(browser, { base, room, name: 'Bob' });
  await waitForMember(ann, 'Bob');
  await waitForMember(bob, 'Ann');

  await end('declined.bin', 'declined', 'Bob declined.', 'You declined.', async (name) => {
    await transferCard(bob, name, 'offered').locator(hook('decline')).click();
  });
  await end('withdrawn.bin', 'cancelled', 'You cancelled it.', 'Ann cancelled it.', async (name) => {
    await transferCard(bob, name, 'offered').waitFor();
    await transferCard(ann, name, 'offered').locator(hook('cancel')).click();
  });
  await end('stopped.bin', 'cancelled', 'You cancelled it.', 'Ann cancelled it.', async (name) => {
    await accept(name);
    await transferCard(ann, name, 'active').locator(hook('cancel')).click();
  });
  await end('refused.bin', 'cancelled', 'Bob cancelled it.', 'You cancelled it.', async (name) => {
    await accept(name);
    await transferCard(bob, name, 'active').locator(hook('cancel')).click();
  });

  const lost = await largeFile('lost.bin', 400);
  await sendFiles(ann, 'Bob', lost.path);
  await accept(lost.name);
  await transferCard(ann, lost.name, 'active').waitFor();
  const startMillis = Date.now();
  await bob.close();
  await says(ann, lost.name, 'failed', 'The connection to Bob was lost. Send it again when Bob is back.');
  const seconds = (Date.now() - startMillis) / 1000;
  require((await ann.locator(hook('member')).count()) === 0, 'Bob should be gone');
  await lost.remove();
  return `declined, withdrawn, cancelled from both sides; a closed page was noticed after ${seconds.toFixed(1)} s`;

  async function end(name, state, annSays, bobSays, act) {
    const file = await largeFile(name, 400);
    await sendFiles(ann, 'Bob', file.path);
    await act(name);
    await says(ann, name, state, annSays);
    await says(bob, name, state, bobSays);
    await file.remove();
  }

  async function accept(name) {
    await transferCard(bob, name, 'offered').locator(hook('accept')).click();
    await transferCard(bob, name, 'active').waitFor();
  }
});

async function says(page, name, state, words) {
  const card = transferCard(page, name, state);
  await card.waitFor({ timeout: DEADLINE_MILLIS });
  const said = await card.locator(hook('transfer-state')).textContent();
  require(said === words, `the page should say "${words}" and says "${said}"`);
}
