/**
 * A network that lets no WebSocket through: the page falls back to HTTP by itself, says so, and everything works,
 * also with somebody who has a WebSocket.
 */
import { acceptAndFinish, DEADLINE_MILLIS, enter, hook, sendFiles, waitForMember } from '../lib/demo-page.mjs';
import { sample } from '../lib/sample.mjs';
import { freshRoom, require, run } from '../lib/run.mjs';

await run(async (browser, base) => {
  const room = freshRoom();
  const ann = await enter(browser, { base, room, name: 'Ann', blocked: true });
  const bob = await enter(browser, { base, room, name: 'Bob', blocked: true });
  const cat = await enter(browser, { base, room, name: 'Cat' });
  for (const [page, transport] of [
    [ann, 'events'],
    [bob, 'events'],
    [cat, 'websocket'],
  ]) {
    const line = page.locator(`${hook('transport')}[data-transport="${transport}"]`);
    await line.waitFor({ timeout: DEADLINE_MILLIS });
  }
  const said = await ann.locator(hook('transport')).textContent();
  require(said.includes('HTTP'), `the page should say how it is connected, not "${said}"`);
  await Promise.all([waitForMember(ann, 'Bob'), waitForMember(bob, 'Ann'), waitForMember(ann, 'Cat')]);
  for (const [from, to, name] of [
    [ann, bob, 'Bob'],
    [cat, ann, 'Ann'],
  ]) {
    const file = sample(`for-${name}.bin`, 100_000);
    await sendFiles(from, name, file);
    require((await acceptAndFinish(to, file.name)) === file.sha256, 'the file should arrive');
  }
  await ann.close();
  await bob.locator(hook('member'), { hasText: 'Ann' }).waitFor({ state: 'detached', timeout: DEADLINE_MILLIS });
  return 'two pages without WebSockets and one with: files went from one to the other';
});
