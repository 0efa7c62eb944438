/** Pages in which clients made for other servers run, bundled as their users bundle them, directly or by relay only. */
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { DEADLINE_MILLIS } from './demo-page.mjs';
import { require as expect, run } from './run.mjs';

/** Libraries made for Node as well look for these. */
const SHIM = `
  import { Buffer } from 'buffer';
  globalThis.Buffer ??= Buffer;
  globalThis.process ??= { env: {}, nextTick: (task, ...given) => queueMicrotask(() => task(...given)) };`;

/** Code for a page; it may import what the tests depend on. */
export async function bundle(code) {
  const resolveDir = fileURLToPath(new URL('..', import.meta.url));
  const shim = await build({
    stdin: { contents: SHIM, resolveDir },
    bundle: true,
    write: false,
    format: 'iife',
  });
  const built = await build({
    stdin: { contents: code, resolveDir },
    bundle: true,
    write: false,
    format: 'iife',
    platform: 'browser',
    define: { global: 'globalThis' },
  });
  return shim.outputFiles[0].text + built.outputFiles[0].text;
}

/**
 * Runs a script twice: with any path, and with nothing but the relay. Arguments: where the pages are, then address,
 * user name and password of the relay.
 * @param {(enter: (code: string) => Promise<import('playwright-core').Page>, configuration: RTCConfiguration,
 *     base: string) => Promise<string>} script gets pages with the code in them, and says what it found
 */
export async function runByEveryPath(script) {
  const [urls, username, credential] = process.argv.slice(3);
  await run(async (browser, base) => {
    const found = [];
    for (const iceTransportPolicy of ['all', 'relay']) {
      const iceServers = iceTransportPolicy === 'relay' ? [{ urls, username, credential }] : [];
      const pages = [];
      const enter = async (code) => {
        const page = await browser.newPage({ bypassCSP: true });
        await page.route('**/favicon.ico', (route) => route.fulfill({ status: 204 }));
        await page.addInitScript(rememberConnections);
        await page.goto(`${base}/topics`);
        await page.addScriptTag({ content: code });
        pages.push(page);
        return page;
      };
      found.push(`${iceTransportPolicy}: ${await script(enter, { iceServers, iceTransportPolicy }, base)}`);
      for (const page of pages) {
        const paths = await page.evaluate(selectedPaths);
        expect(paths.length > 0, 'there should be a connection');
        const wanted = iceTransportPolicy === 'relay';
        const asWanted = paths.every((path) => (path === 'relay') === wanted);
        expect(asWanted, `with ${iceTransportPolicy} the paths were ${paths}`);
        await page.close();
      }
    }
    return found.join('; ');
  });
}

/** Waits for something in a page as long as everything may take. */
export function settled(page, condition, argument = null) {
  return page.waitForFunction(condition, argument, { timeout: DEADLINE_MILLIS });
}

function rememberConnections() {
  const Real = globalThis.RTCPeerConnection;
  globalThis.connections = [];
  globalThis.RTCPeerConnection = class extends Real {
    constructor(...given) {
      super(...given);
      globalThis.connections.push(this);
    }
  };
}

/** In the page: the type of the own candidate of every pair in use. */
async function selectedPaths() {
  const paths = [];
  for (const connection of globalThis.connections.filter(({ connectionState }) => connectionState === 'connected')) {
    const stats = await connection.getStats();
    for (const transport of stats.values()) {
      const pair = transport.type === 'transport' && stats.get(transport.selectedCandidatePairId);
      if (pair) paths.push(stats.get(pair.localCandidateId).candidateType);
    }
  }
  return paths;
}
