/**
 * The connection to the hub breaks, on one side and then on both, while a file is on its way: everybody comes
 * back, nobody is
 * shown twice, and the file arrives, since the browsers' own connection did not break.
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
  const file = await largeFile('long.bin', 60);
  await sendFiles(ann, 'Bob', file.path);
  const arrived = acceptAndFinish(bob, file.name, 4 * DEADLINE_MILLIS);
  await transferCard(ann, file.name, 'active').waitFor();

  await ann.breakHub();
  const annsNextId = await idAfter(bob, annsId);
  await Promise.all([ann.breakHub(), bob.breakHub()]);
  await idAfter(bob, annsNextId);
  await idAfter(ann, bobsId);
  require((await arrived) === file.sha256(), 'the file should arrive all the same');
  await file.remove();
  return 'lost the hub on one side and on both; the same connection went on and 60 MB arrived';
});

/** Waits until the only member shown is in the room under another id, still connected. */
async function idAfter(page, id) {
  const back = page.locator(
    `${hook('member')}[data-present="true"][data-state="connected"]:not([data-id="${id}"])`,
  );
  await back.waitFor({ timeout: DEADLINE_MILLIS });
  require((await page.locator(hook('member')).count()) === 1, 'the member should be shown once');
  return back.getAttribute('data-id');
}
