/** A proxy kills every WebSocket: the page goes over HTTP by itself, says so, and meets somebody with a WebSocket. */
import { startBlockingProxy } from '../lib/blocking-proxy.mjs';
import { arrivedFile, enterDemo, offerFile, showsMember } from '../lib/either-demo.mjs';
import { freshRoom, require } from '../lib/run.mjs';

export async function fallback({ browser, base }) {
  const proxy = await startBlockingProxy(base);
  try {
    const room = freshRoom();
    const ann = await enterDemo(browser, { base: proxy.base, room, name: 'Ann' });
    const bob = await enterDemo(browser, { base, room, name: 'Bob' });
    await ann.shows('[data-test="transport"][data-transport="events"]');
    await bob.shows('[data-test="transport"][data-transport="websocket"]');
    await showsMember(ann, 'Bob');
    await showsMember(bob, 'Ann');
    await ann.evaluate(() => (document.getElementById('behind').open = true));
    await ann.click('cut');
    const resumed = () => document.getElementById('fact-losses').textContent === 'once, went on without a gap once';
    await ann.until('the session goes on over HTTP', resumed);
    const sent = await offerFile(ann, 'around.bin', 1_000_000);
    await bob.click('accept');
    require((await arrivedFile(bob, 'around.bin')) === sent, 'the file should arrive');
    await ann.click('home');
    await bob.until('Ann is gone', () => document.querySelectorAll('[data-test="member"]').length === 0);
    for (const page of [ann, bob]) await page.close();
    return `over HTTP after ${proxy.cut()} WebSockets were cut; resumed, a file arrived, leaving was seen`;
  } finally {
    proxy.close();
  }
}
