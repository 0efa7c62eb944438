/**
 * From a network that lets no UDP through, the page "Test my network" says so.
 * Arguments: a page on the server, and the browsers, which are tried side by side.
 */
import { startEither } from '../lib/either.mjs';
import { require } from '../lib/run.mjs';
import { states, testNetwork } from './network.mjs';

const TITLE = 'You can connect to anybody, through this network only over TCP';

const [page, ...names] = process.argv.slice(2);
const base = page.replace(/\/$/, '');
const passed = await Promise.all(names.map(pageSaysSo));
process.exit(passed.every(Boolean) ? 0 : 1);

async function pageSaysSo(name) {
  const browser = await startEither(name);
  try {
    const found = await testNetwork(await browser.newPage(), base);
    require(found.title === TITLE, `${found.title}: ${states(found)}`);
    require(found.text.startsWith('UDP does not get through here.'), found.text);
    const stateByKind = Object.fromEntries(found.checks.map(({ kind, state }) => [kind, state]));
    require(stateByKind.udp === 'failed' && stateByKind.stun === 'failed', states(found));
    require(stateByKind.tcp === 'good' && stateByKind.websocket === 'good', states(found));
    console.log(`PASS ${name} without UDP: "${found.title}" (${states(found)})`);
    return true;
  } catch (error) {
    console.log(`FAIL ${name} without UDP: ${String(error.message).replace(/\s+/g, ' ')}`);
    return false;
  } finally {
    await browser.close();
  }
}
