/** Two documents of Yjs converge over y-webrtc, as its users have it, with Parley's topics as its signaling. */
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { DEADLINE_MILLIS } from '../lib/demo-page.mjs';
import { freshRoom, require as expect, run } from '../lib/run.mjs';

const ENTRY = `
  import * as Y from 'yjs';
  import { WebrtcProvider } from 'y-webrtc';
  globalThis.meet = (room, signaling, password) => {
    globalThis.text = new Y.Doc().getText('text');
    new WebrtcProvider(room, globalThis.text.doc, { signaling: [signaling], password, peerOpts: { config: {} } });
  };`;

const bundle = await build({
  stdin: { contents: ENTRY, resolveDir: fileURLToPath(new URL('..', import.meta.url)) },
  bundle: true,
  write: false,
  format: 'iife',
  define: { global: 'globalThis' },
});

await run(async (browser, base) => {
  for (const password of [null, 'secret']) {
    const room = freshRoom();
    const pages = [];
    for (const word of ['ann ', 'bob ']) {
      const page = await browser.newPage({ bypassCSP: true });
      await page.route('**/favicon.ico', (route) => route.fulfill({ status: 204 }));
      await page.goto(`${base}/topics`);
      await page.addScriptTag({ content: bundle.outputFiles[0].text });
      const signaling = `${base.replace('http', 'ws')}/topics`;
      await page.evaluate(([...options]) => globalThis.meet(...options), [room, signaling, password]);
      await page.evaluate((inserted) => globalThis.text.insert(0, inserted), word);
      pages.push(page);
    }
    const texts = [];
    for (const page of pages) {
      await page.waitForFunction(() => globalThis.text.length === 8, null, { timeout: DEADLINE_MILLIS });
      texts.push(await page.evaluate(() => globalThis.text.toString()));
    }
    expect(texts[0] === texts[1], `the documents should be the same, not ${texts.join(' and ')}`);
  }
  return 'two documents converged, with and without a password';
});
