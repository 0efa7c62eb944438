/** Two pages in one room find each other and talk directly. */
import { enter, waitForMember } from '../lib/demo-page.mjs';
import { freshRoom, run } from '../lib/run.mjs';

await run(async (browser, base) => {
  const room = freshRoom();
  const ann = await enter(browser, { base, room, name: 'Ann' });
  const bob = await enter(browser, { base, room, name: 'Bob' });
  const seenByAnn = await waitForMember(ann, 'Bob', 'direct');
  const seenByBob = await waitForMember(bob, 'Ann', 'direct');
  return `Ann sees "${seenByAnn.badge}", Bob sees "${seenByBob.badge}"`;
});
