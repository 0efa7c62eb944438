/** Trystero's torrent strategy, with Parley as its only tracker: two find each other and talk. */
import { bundle, runByEveryPath, settled } from '../lib/drop-in-client.mjs';
import { freshRoom } from '../lib/run.mjs';

const CODE = await bundle(`
  import { joinRoom } from '@trystero-p2p/torrent';
  globalThis.meet = (name, tracker, rtcConfig, word) => {
    const options = { appId: 'parley-test', rtcConfig, relayConfig: { urls: [tracker], redundancy: 1 } };
    const room = joinRoom(options, name);
    const said = room.makeAction('said');
    globalThis.heard = [];
    said.onMessage = (data) => globalThis.heard.push(data);
    room.onPeerJoin = () => said.send({ word, bytes: [1, 'é', null] });
    globalThis.room = room;
  };`);

await runByEveryPath(async (enter, config, base) => {
  const name = freshRoom();
  const pages = [];
  for (const word of ['ann', 'bob']) {
    const page = await enter(CODE);
    const given = [name, `${base.replace('http', 'ws')}/tracker`, config, word];
    await page.evaluate((options) => globalThis.meet(...options), given);
    pages.push(page);
  }
  for (const [index, other] of ['bob', 'ann'].entries()) {
    await settled(pages[index], (word) => globalThis.heard.some((data) => data.word === word), other);
  }
  return 'two found each other and talked';
});
