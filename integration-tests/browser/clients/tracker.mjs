/** WebTorrent's own tracker client in a page: one announces with offers, the other answers, and they talk. */
import { bundle, runByEveryPath, settled } from '../lib/drop-in-client.mjs';

const CODE = await bundle(`
  import Client from 'bittorrent-tracker/client';
  globalThis.announce = (infoHash, tracker, rtcConfig, peerId) => {
    globalThis.heard = [];
    globalThis.troubles = [];
    const client = new Client({ infoHash, peerId, announce: [tracker], port: 6881, rtcConfig });
    client.on('error', ({ message }) => globalThis.troubles.push(message));
    client.on('warning', ({ message }) => globalThis.troubles.push(message));
    client.on('peer', (peer) => {
      peer.on('data', (data) => globalThis.heard.push(data.toString()));
      peer.on('connect', () => peer.send('from ' + peerId));
    });
    client.start({ left: 1, uploaded: 0, downloaded: 0, numwant: 2 });
  };`);

await runByEveryPath(async (enter, config, base) => {
  const infoHash = crypto.randomUUID().replaceAll('-', '').padEnd(40, '0');
  const ids = ['a', 'b'].map((letter) => `2d50413030303${letter === 'a' ? 1 : 2}`.padEnd(40, '3'));
  const pages = [];
  for (const peerId of ids) {
    const page = await enter(CODE);
    const given = [infoHash, `${base.replace('http', 'ws')}/tracker`, config, peerId];
    await page.evaluate((options) => globalThis.announce(...options), given);
    pages.push(page);
  }
  for (const [index, page] of pages.entries()) {
    await settled(page, (text) => globalThis.heard.includes(text), `from ${ids[1 - index]}`).catch(async (late) => {
      throw new Error(`${late.message} ${await page.evaluate(() => globalThis.troubles.join())}`);
    });
  }
  return 'two peers of a swarm talked';
});
