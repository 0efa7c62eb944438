/**
 * The connection to the hub breaks while a file goes by relay. The hub ends the relay of who is lost; with the
 * new credentials the
 * same connection finds a new one, and the file arrives.
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
  const ann = await enter(browser, { base, room, name: 'Ann', relay: true, breakable: true });
  const bob = await enter(browser, { base, room, name: 'Bob', relay: true });
  await waitForMember(ann, 'Bob', 'relayed');
  const annsId = (await waitForMember(bob, 'Ann', 'relayed')).id;
  const file = await largeFile('relayed.bin', 60);
  await sendFiles(ann, 'Bob', file.path);
  const arrived = acceptAndFinish(bob, file.name, 4 * DEADLINE_MILLIS);
  await transferCard(ann, file.name, 'active').waitFor();
  const startMillis = Date.now();
  await ann.breakHub();
  const back = bob.locator(
    `${hook('member')}[data-present="true"][data-state="connected"]:not([data-id="${annsId}"])`,
  );
  await back.waitFor({ timeout: DEADLINE_MILLIS });
  require((await bob.locator(hook('member')).count()) === 1, 'Ann should be shown once');
  require((await arrived) === file.sha256(), 'the file should arrive all the same');
  await waitForMember(bob, 'Ann', 'relayed');
  await file.remove();
  return `a new relay carried on, and 60 MB arrived ${((Date.now() - startMillis) / 1000).toFixed(1)} s after the loss`;
});
