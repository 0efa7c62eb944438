/** A call on the demo page: pictures come on both sides, until one hangs up. */
import { enterDemo, showsMember } from '../lib/either-demo.mjs';
import { freshRoom, require } from '../lib/run.mjs';

/** Pictures that differ from each other; Firefox counts no frames of a call. */
const PICTURES = 5;

export async function call({ browser, base }) {
  const room = freshRoom();
  const ann = await enterDemo(browser, { base, room, name: 'Ann' });
  const bob = await enterDemo(browser, { base, room, name: 'Bob' });
  const pages = [ann, bob];
  await showsMember(ann, 'Bob');
  await showsMember(bob, 'Ann');
  await Promise.all(pages.map((page) => page.click('call-video')));
  const seen = await Promise.all(pages.map((page) => page.until('the picture of the other moves', moves, PICTURES)));
  await ann.click('mute');
  const pressed = await ann.evaluate(() => document.getElementById('mute').getAttribute('aria-pressed'));
  require(pressed === 'true', 'the button should say that the microphone is off');

  await bob.click('hang-up');
  await ann.until('the picture of Bob is gone', () => !document.querySelector('[data-own="false"]'));
  await bob.until('Bob still sees Ann', moves, seen[1] + PICTURES);
  await bob.click('call-audio');
  await ann.shows('[data-test="tile"][data-own="false"][data-sound="true"]');
  await ann.click('hang-up');
  await bob.until('the picture of Ann is gone', () => !document.querySelector('[data-own="false"]'));
  for (const page of pages) await page.close();
  return `after ${seen.join(' and ')} different pictures one hung up and came back with the microphone`;
}

/** Runs in the page: how many pictures it has seen so far that differ. */
function moves(wanted) {
  const video = document.querySelector('[data-own="false"] video');
  if (!(video?.videoWidth > 0)) return false;
  const canvas = document.createElement('canvas');
  const context = canvas.getContext('2d');
  context.drawImage(video, 0, 0, canvas.width, canvas.height);
  window.pictures ??= new Set();
  window.pictures.add(context.getImageData(0, 0, canvas.width, canvas.height).data.join());
  return window.pictures.size >= wanted && window.pictures.size;
}
