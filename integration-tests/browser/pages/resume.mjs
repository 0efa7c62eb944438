/**
 * The connection to the hub breaks, on one side and then on both, while a file is on its way: the sessions go on, so
 * nobody leaves, nobody gets another id, and what was said meanwhile arrives.
 */
import {
  acceptAndFinish,
  DEADLINE_MILLIS,
  enter,
  hook,
  sendFiles,
  transferCard,
  waitForMember,
} from '../lib/demo-page.mjs';
import { largeFile } from '../lib/large-file.mjs';
import { freshRoom, require, run } from '../lib/run.mjs';

await run(async (browser, base) => {
  const room = freshRoom();
  const ann = await enter(browser, { base, room, name: 'Ann', breakable: true });
  const bob = await enter(browser, { base, room, name: 'Bob', breakable: true });
  const bobsId = (await waitForMember(ann, 'Bob', 'direct')).id;
  const annsId = (await waitForMember(bob, 'Ann', 'direct')).id;
  const departures = await Promise.all([ann, bob].map(countDepartures));
  const file = await largeFile('long.bin', 50);
  await sendFiles(ann, 'Bob', file.path);
  const arrived = acceptAndFinish(bob, file.name, 4 * DEADLINE_MILLIS);
  await transferCard(ann, file.name, 'active').waitFor();

  await breakAndReturn(ann);
  await Promise.all([breakAndReturn(ann), breakAndReturn(bob)]);
  const cat = await enter(browser, { base, room, name: 'Cat' });
  await Promise.all([waitForMember(ann, 'Cat', 'direct'), waitForMember(bob, 'Cat', 'direct')]);
  require((await waitForMember(ann, 'Bob', 'direct')).id === bobsId, 'Bob should be who he was');
  require((await waitForMember(bob, 'Ann', 'direct')).id === annsId, 'Ann should be who she was');
  for (const count of departures) require((await count()) === 0, 'nobody should have been away');
  require((await arrived) === file.sha256(), 'the file should arrive');
  await cat.close();
  await file.remove();
  return 'three losses of the hub: same members, same ids, 50 MB arrived, and a newcomer met everybody';
});

async function breakAndReturn(page) {
  const connection = (state) => page.waitForSelector(`${hook('connection')}[data-state="${state}"]`);
  await Promise.all([connection('reconnecting'), page.breakHub()]);
  await connection('joined');
}

/** @returns {Promise<() => Promise<number>>} how often a member was taken away or shown as absent since */
async function countDepartures(page) {
  await page.evaluate((member) => {
    globalThis.departures = 0;
    new MutationObserver((changes) => {
      for (const { removedNodes, target } of changes) {
        if ([...removedNodes].some((node) => node.matches?.(member))) globalThis.departures++;
        if (target.matches(`${member}[data-present="false"]`)) globalThis.departures++;
      }
    }).observe(document.body, { subtree: true, childList: true, attributeFilter: ['data-present'] });
  }, hook('member'));
  return () => page.evaluate(() => globalThis.departures);
}
