/** Two documents of Yjs converge over y-webrtc. */
import { bundle, runByEveryPath, settled } from '../lib/drop-in-client.mjs';
import { freshRoom } from '../lib/run.mjs';

const CODE = await bundle(`
  import * as Y from 'yjs';
  import { WebrtcProvider } from 'y-webrtc';
  globalThis.meet = (room, signaling, config, word) => {
    globalThis.text = new Y.Doc().getText('text');
    new WebrtcProvider(room, globalThis.text.doc, { signaling: [signaling], peerOpts: { config } });
    globalThis.text.insert(0, word);
  };`);

await runByEveryPath(async (enter, config, base) => {
  const room = freshRoom();
  const pages = [];
  for (const word of ['ann ', 'bob ']) {
    const page = await enter(CODE);
    const given = [room, `${base.replace('http', 'ws')}/topics`, config, word];
    await page.evaluate((options) => globalThis.meet(...options), given);
    pages.push(page);
  }
  const texts = [];
  for (const page of pages) {
    await settled(page, () => globalThis.text.length === 8);
    texts.push(await page.evaluate(() => globalThis.text.toString()));
  }
  if (texts[0] !== texts[1]) throw new Error(`the documents are ${texts.join(' and ')}`);
  return 'two documents converged';
});
