/**
 * A page that goes by relay only meets one that does not care: both see it, and the switch works both ways
 * while they talk.
 */
import { enter, relaySwitch, waitForMember } from '../lib/demo-page.mjs';
import { freshRoom, run } from '../lib/run.mjs';

await run(async (browser, base) => {
  const room = freshRoom();
  const ann = await enter(browser, { base, room, name: 'Ann', relay: true });
  const bob = await enter(browser, { base, room, name: 'Bob' });
  const seenByAnn = await waitForMember(ann, 'Bob', 'relayed');
  const seenByBob = await waitForMember(bob, 'Ann', 'relayed');
  await relaySwitch(ann).click();
  await waitForMember(ann, 'Bob', 'direct');
  await waitForMember(bob, 'Ann', 'direct');
  await relaySwitch(ann).click();
  await waitForMember(ann, 'Bob', 'relayed');
  await waitForMember(bob, 'Ann', 'relayed');
  return `Ann sees "${seenByAnn.badge}", Bob sees "${seenByBob.badge}", and the switch works both ways`;
});
