/** From an empty page to a room and back: by mouse, by link, by keyboard. */
import { DEADLINE_MILLIS, hook, sendFiles, transferCard, waitForMember } from '../lib/demo-page.mjs';
import { require, run } from '../lib/run.mjs';
import { sample } from '../lib/sample.mjs';

await run(async (browser, base) => {
  const ann = await browser.newPage();
  await ann.goto(base);
  await ann.locator(hook('create-room')).click();
  await ann.locator(`${hook('connection')}[data-state="joined"]`).waitFor({ timeout: DEADLINE_MILLIS });
  const link = await ann.locator(hook('room-link')).inputValue();
  require(link === ann.url() && /#([a-z2-9]{5}-){3}[a-z2-9]{5}$/.test(link), `the link should lead here: ${link}`);
  require(await ann.locator(hook('alone')).isVisible(), 'an empty room should say so');
  await ann.locator(hook('copy-link')).click();
  await ann.locator(hook('copy-link'), { hasText: 'Copied' }).waitFor();

  const bob = await browser.newPage();
  await bob.goto(base);
  await bob.locator(hook('room-input')).fill(` ${link} `);
  await bob.locator(hook('room-input')).press('Enter');
  await rename(ann, 'Ann');
  await rename(bob, 'Bob <b>the</b> "Builder" 🛠');
  await waitForMember(bob, 'Ann');
  await waitForMember(ann, 'Bob <b>the</b> "Builder" 🛠');

  const file = sample('by-keyboard.txt', 1234);
  await sendFiles(ann, 'Bob', file);
  await transferCard(bob, file.name, 'offered').waitFor();
  await tabTo(bob, 'accept');
  await bob.keyboard.press('Enter');
  await transferCard(bob, file.name, 'done').waitFor({ timeout: DEADLINE_MILLIS });
  await tabTo(bob, 'save');

  await ann.locator(hook('home')).click();
  await ann.locator(hook('create-room')).waitFor();
  await bob.locator(hook('alone')).waitFor({ timeout: DEADLINE_MILLIS });

  await enterBadRoom(browser, base);
  return 'created, copied, opened by link, renamed, accepted by keyboard, left; a bad name is explained';
});

async function rename(page, name) {
  await page.locator(hook('name')).fill(name);
  await page.locator(hook('name')).press('Enter');
}

async function tabTo(page, name) {
  for (let presses = 0; presses < 40; presses++) {
    await page.keyboard.press('Tab');
    const reached = await page.evaluate(() => document.activeElement?.getAttribute('data-test'));
    if (reached === name) return;
  }
  throw new Error(`"${name}" should be reached by Tab`);
}

async function enterBadRoom(browser, base) {
  const page = await browser.newPage();
  await page.goto(`${base}/#${'x'.repeat(300)}`);
  await page.locator(hook('notice'), { hasText: 'name' }).waitFor({ timeout: DEADLINE_MILLIS });
  await page.locator(`${hook('connection')}[data-state="closed"]`).waitFor();
}
