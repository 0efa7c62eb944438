/**
 * What users see, in one browser with many pages. One line for each scenario.
 * Arguments: chromium or firefox, a page on the server, its metrics, and the files with the certificate of the server
 * and of its authority. More arguments are the scenarios to run; without them it is all.
 */
import { startEither } from '../lib/either.mjs';
import { call } from './call.mjs';
import { fallback } from './fallback.mjs';
import { file } from './file.mjs';
import { kick } from './kick.mjs';
import { network } from './network.mjs';
import { relayRoom } from './relay-room.mjs';
import { resume } from './resume.mjs';
import { waiting } from './waiting.mjs';

/** Two lanes at once; the last scenario looks at the server's metrics, so it is alone. */
const LANES = [{ file, network, fallback }, { waiting, relayRoom, resume, call }];
const ALONE = { kick };

const [name, page, metrics, certificate, authority, ...wanted] = process.argv.slice(2);
const base = page.replace(/\/$/, '');
const browser = await startEither(name, { certificate, authority });
let failures = 0;
await Promise.all(LANES.map(runAll));
await runAll(ALONE);
await browser.close();
process.exit(failures === 0 ? 0 : 1);

async function runAll(scenarios) {
  for (const [scenario, act] of Object.entries(scenarios)) {
    if (wanted.length > 0 && !wanted.includes(scenario)) continue;
    const startMillis = Date.now();
    let line;
    try {
      line = `PASS ${name} ${scenario}: ${await act({ browser, base, metrics })}`;
    } catch (error) {
      failures++;
      line = `FAIL ${name} ${scenario}: ${String(error.message).replace(/\s+/g, ' ')}`;
    }
    console.log(`${line} [${((Date.now() - startMillis) / 1000).toFixed(1)} s]`);
  }
}
