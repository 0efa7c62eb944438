/** Two pages that both go by relay only: relay to relay on one server. */
import { acceptAndFinish, enter, sendFiles, waitForMember } from '../lib/demo-page.mjs';
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
  return `Ann sees "${seenByAnn.badge}", and 2 MB arrived whole`;
});
