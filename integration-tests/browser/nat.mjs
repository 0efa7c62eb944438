/**
 * Two browsers in two network namespaces meet on the demo page; one sends a file, the other gets it over the relay.
 * Usage: node nat.mjs BASE NAMESPACE NAMESPACE BYTES; prints one line, and exits with 0 when everything was as it
 * should be.
 */
import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startBrowser } from './lib/chromium.mjs';
import { acceptAndFinish, enter, sendFiles, waitForMember } from './lib/demo-page.mjs';
import { freshRoom, require } from './lib/run.mjs';
import { sample } from './lib/sample.mjs';

const CHROMIUM = process.env.PARLEY_CHROMIUM ?? '/usr/bin/chromium';
const TRANSFER_MILLIS = 120_000;

const [base, annsNamespace, bobsNamespace, bytes] = process.argv.slice(2);
const folder = await mkdtemp(join(tmpdir(), 'parley-nat-'));
const browsers = [];
let verdict;
try {
    verdict = `PASS nat: ${await meet()}`;
} catch (error) {
    const complaints = browsers.flatMap((it) => it.complaints).join(' | ');
    verdict = `FAIL nat: ${String(error.stack).replace(/\s+/g, ' ')} ${complaints}`;
}
for (const browser of browsers) await browser.close();
await rm(folder, { recursive: true, force: true });
console.log(verdict);
process.exit(verdict.startsWith('PASS') ? 0 : 1);

async function meet() {
    const room = freshRoom();
    const ann = await enter(await browserIn(annsNamespace), { base: base.replace(/\/$/, ''), room, name: 'Ann' });
    const bob = await enter(await browserIn(bobsNamespace), { base: base.replace(/\/$/, ''), room, name: 'Bob' });
    const seenByAnn = await waitForMember(ann, 'Bob', 'relayed');
    const seenByBob = await waitForMember(bob, 'Ann', 'relayed');
    const file = sample('large.bin', Number(bytes));
    const start = Date.now();
    await sendFiles(ann, 'Bob', file);
    const received = await acceptAndFinish(bob, file.name, TRANSFER_MILLIS);
    require(received === file.sha256, `the file should arrive as it was sent, not as ${received}`);
    const seconds = (Date.now() - start) / 1000;
    return `Ann sees "${seenByAnn.badge}", Bob sees "${seenByBob.badge}", ${bytes} bytes in ${seconds.toFixed(1)} s`;
}

/** A browser all of whose traffic starts in a namespace: the driver talks to it over pipes, which no namespace cuts. */
async function browserIn(namespace) {
    const wrapper = join(folder, namespace);
    await writeFile(wrapper, `#!/bin/sh\nexec ip netns exec ${namespace} ${CHROMIUM} "$@"\n`);
    await chmod(wrapper, 0o755);
    const browser = await startBrowser([], wrapper);
    browsers.push(browser);
    return browser;
}
