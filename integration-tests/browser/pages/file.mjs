/** Files arrive as they were sent: 20 MB, an empty one, several at once, to one member and to everyone. */
import { readFile } from 'node:fs/promises';
import { createHash } from 'node:crypto';
import { acceptAndFinish, enter, hook, sendFiles, transferCard, waitForMember } from '../lib/demo-page.mjs';
import { freshRoom, require, run } from '../lib/run.mjs';
import { sample } from '../lib/sample.mjs';

const LARGE_BYTES = 20_000_000;

await run(async (browser, base) => {
  const room = freshRoom();
  const ann = await enter(browser, { base, room, name: 'Ann' });
  const bob = await enter(browser, { base, room, name: 'Bob' });
  await waitForMember(ann, 'Bob');
  await waitForMember(bob, 'Ann');

  const large = sample('large.bin', LARGE_BYTES);
  await sendFiles(ann, 'Bob', large);
  const startMillis = Date.now();
  require((await acceptAndFinish(bob, large.name)) ===
    large.sha256, 'the page should show the hash of what was sent');
  const seconds = (Date.now() - startMillis) / 1000;
  require((await saved(bob, large.name)) === large.sha256, 'the saved file should be what was sent');
  await transferCard(ann, large.name, 'done').waitFor();

  const empty = sample('empty.txt', 0);
  const odd = sample('odd.bin', 1_048_577);
  await sendFiles(bob, 'Ann', [empty, odd]);
  require((await acceptAndFinish(ann, empty.name)) === empty.sha256, 'an empty file should arrive');
  require((await acceptedHash(ann, odd.name)) === odd.sha256, 'the second file should arrive with the first');

  const cid = await enter(browser, { base, room, name: 'Cid' });
  for (const name of ['Ann', 'Bob']) await waitForMember(cid, name);
  const forAll = sample('for-all.bin', 300_000);
  await cid.locator(hook('everyone-file')).setInputFiles(forAll);
  for (const page of [ann, bob]) {
    require((await acceptAndFinish(page, forAll.name)) === forAll.sha256, 'everyone should get the file');
  }
  const speed = (LARGE_BYTES / 1e6 / seconds).toFixed(1);
  return `20 MB in ${seconds.toFixed(1)} s (${speed} MB/s), an empty file, two at once, one to everyone`;
});

async function saved(page, name) {
  const download = page.waitForEvent('download');
  await transferCard(page, name, 'done').locator(hook('save')).click();
  const file = await download;
  require(file.suggestedFilename() === name, 'the file should be saved under its name');
  return createHash('sha256')
    .update(await readFile(await file.path()))
    .digest('hex');
}

function acceptedHash(page, name) {
  const done = transferCard(page, name, 'done').locator(
    `${hook('file')}[data-name="${name}"][data-verified="true"]`,
  );
  return done.getAttribute('data-sha256');
}
