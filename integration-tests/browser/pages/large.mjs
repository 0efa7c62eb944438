/** 200 MB: how fast, and that neither page holds the file in memory. PARLEY_MEGABYTES asks for another size. */
import { readFileSync } from 'node:fs';
import { acceptAndFinish, DEADLINE_MILLIS, enter, sendFiles, waitForMember } from '../lib/demo-page.mjs';
import { largeFile } from '../lib/large-file.mjs';
import { freshRoom, require, run } from '../lib/run.mjs';

const MEGABYTES = Number(process.env.PARLEY_MEGABYTES ?? 200);

/** Of what a page may grow: buffers on their way, and garbage that was not yet collected. */
const GROWTH_SHARE = 0.9;

await run(async (browser, base) => {
  const room = freshRoom();
  const ann = await enter(browser, { base, room, name: 'Ann' });
  const bob = await enter(browser, { base, room, name: 'Bob' });
  await waitForMember(ann, 'Bob', 'direct');
  await waitForMember(bob, 'Ann', 'direct');
  const processes = await browser.rendererProcesses();
  const before = processes.map(residentMegabytes);
  const most = [...before];
  const sampling = setInterval(() => {
    processes.forEach((pid, index) => (most[index] = Math.max(most[index], residentMegabytes(pid))));
  }, 250);

  const file = await largeFile('large.bin', MEGABYTES);
  await sendFiles(ann, 'Bob', file.path);
  const startMillis = Date.now();
  const sha256 = await acceptAndFinish(bob, file.name, DEADLINE_MILLIS + MEGABYTES * 1000);
  const seconds = (Date.now() - startMillis) / 1000;
  clearInterval(sampling);
  require(sha256 === file.sha256(), 'the file should arrive as it was sent');
  await file.remove();
  const growth = Math.round(Math.max(...most.map((megabytes, index) => megabytes - before[index])));
  require(growth < MEGABYTES * GROWTH_SHARE, `a page grew by ${growth} MB`);
  const speed = (MEGABYTES / seconds).toFixed(1);
  return `${MEGABYTES} MB in ${seconds.toFixed(1)} s (${speed} MB/s); no page grew by more than ${growth} MB`;
});

function residentMegabytes(pid) {
  return Number(/VmRSS:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0) / 1000;
}
