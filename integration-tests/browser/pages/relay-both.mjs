/**
 * Two pages that both go by relay only: relay to relay on one server; and both change their mind in the same
 * moment.
 */
import { acceptAndFinish, enter, relaySwitch, sendFiles, transferCard, waitForMember } from '../lib/demo-page.mjs';
import { freshRoom, require, run } from '../lib/run.mjs';
import { sample } from '../lib/sample.mjs';

await run(async (browser, base) => {
  const room = freshRoom();
  const ann = await enter(browser, { base, room, name: 'Ann', relay: true });
  const bob = await enter(browser, { base, room, name: 'Bob', relay: true });
  const seenByAnn = await waitForMember(ann, 'Bob', 'relayed');
  await waitForMember(bob, 'Ann', 'relayed');
  const file = sample('relayed.bin', 2_000_000);
  await sendFiles(ann, 'Bob', file);
  require((await acceptAndFinish(bob, file.name)) === file.sha256, 'the file should arrive as it was sent');
  await transferCard(ann, file.name, 'done').waitFor();
  for (const path of ['direct', 'relayed']) {
    await Promise.all([relaySwitch(ann).click(), relaySwitch(bob).click()]);
    await waitForMember(ann, 'Bob', path);
    await waitForMember(bob, 'Ann', path);
  }
  return `Ann sees "${seenByAnn.badge}", 2 MB arrived whole, and both switched at once`;
});
