/** A waiting room: the host sees who knocks, lets one in and refuses the other, and both see it. */
import { enterDemo, openDemo, showsMember } from '../lib/either-demo.mjs';
import { freshRoom, require } from '../lib/run.mjs';

export async function waiting({ browser, base }) {
  const room = freshRoom();
  const ann = await enterDemo(browser, { base, room, name: 'Ann' });
  await ann.evaluate(() => document.getElementById('waiting-room').click());
  await ann.until('the door is closed', () => document.getElementById('link-help').textContent.includes('ask'));
  const bob = await openDemo(browser, { base, room, name: 'Bob' });
  await bob.shows('[data-test="waiting"]:not([hidden])');
  const cat = await openDemo(browser, { base, room, name: 'Cat' });
  await cat.shows('[data-test="waiting"]:not([hidden])');
  await ann.until('both knock', () => document.querySelectorAll('[data-test="knock"]').length === 2);
  require((await ann.text('[data-test="member-count"]')) === '1', 'who waits is not in the room');

  await ann.evaluate(answerTo, { name: 'Bob', how: 'admit' });
  await showsMember(ann, 'Bob');
  await showsMember(bob, 'Ann');
  await bob.shows('[data-test="waiting"][hidden]');
  await ann.evaluate(answerTo, { name: 'Cat', how: 'refuse' });
  await cat.until('Cat is told', () => document.getElementById('notice').textContent.includes('not let in'));
  await ann.until('nobody is at the door', () => document.getElementById('knocks').hidden);
  for (const page of [ann, bob, cat]) await page.close();
  return 'two knocked, one was let in and met the host, the other was refused and told so';
}

/** Runs in the page. */
function answerTo({ name, how }) {
  const knocks = [...document.querySelectorAll('[data-test="knock"]')];
  const knock = knocks.find((each) => each.querySelector('strong').textContent === name);
  knock.querySelector(`[data-test="${how}"]`).click();
}
