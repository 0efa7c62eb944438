/**
 * Pictures of each page, at a desk and on a phone, light and dark, into PARLEY_SCREENSHOTS. Nothing may stick
 * out sideways,
 * and no page may complain.
 */
import { mkdir, mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { acceptAndFinish, enter, hook, sendFiles, transferCard, waitForMember } from '../lib/demo-page.mjs';
import { largeFile } from '../lib/large-file.mjs';
import { freshRoom, require, run } from '../lib/run.mjs';
import { sample } from '../lib/sample.mjs';

const SIZES = {
  desk: { width: 1280, height: 800 },
  phone: { width: 390, height: 844 },
  small: { width: 360, height: 640 },
};
const SCHEMES = ['light', 'dark'];

/** Large enough to be still on its way when the last picture is taken. */
const LARGE_MEGABYTES = 500;

await run(async (browser, base) => {
  const folder = process.env.PARLEY_SCREENSHOTS ?? (await mkdtemp(join(tmpdir(), 'parley-screenshots-')));
  await mkdir(folder, { recursive: true });

  const start = await browser.newPage();
  await start.goto(base);
  await start.locator(hook('create-room')).waitFor();
  await picture(start, folder, 'start');

  const room = freshRoom();
  const ann = await enter(browser, { base, room, name: 'Ann' });
  await picture(ann, folder, 'alone');

  const bob = await enter(browser, { base, room, name: 'Bob' });
  const cid = await enter(browser, { base, room, name: 'Cid Campeador de la Vega', relay: true });
  await waitForMember(ann, 'Bob', 'direct');
  await waitForMember(ann, 'Cid', 'relayed');
  await waitForMember(bob, 'Ann');
  await waitForMember(cid, 'Ann');

  const photo = sample('harbour at dawn.jpg', 3_400_000);
  const several = [
    sample('minutes-of-the-meeting.pdf', 220_000),
    sample('a-very-long-name-that-somebody-gave-to-a-spreadsheet.xlsx', 90_000),
  ];
  const unwanted = sample('unwanted.zip', 50_000);
  await sendFiles(bob, 'Ann', photo);
  await acceptAndFinish(ann, photo.name);
  await sendFiles(ann, 'Bob', several);
  await acceptAndFinish(bob, several[0].name);
  await transferCard(ann, several[0].name, 'done').waitFor();
  await sendFiles(ann, 'Cid', unwanted);
  await transferCard(cid, unwanted.name, 'offered').locator(hook('decline')).click();
  await transferCard(ann, unwanted.name, 'declined').waitFor();
  const recording = await largeFile('recording.flac', LARGE_MEGABYTES);
  await sendFiles(ann, 'Bob', recording.path);
  await transferCard(bob, recording.name, 'offered').locator(hook('accept')).click();
  await sendFiles(cid, 'Ann', [
    sample('plans.pdf', 1_200_000),
    sample('budget.ods', 48_000),
    sample('notes.txt', 900),
  ]);
  await transferCard(ann, 'plans.pdf', 'offered').waitFor();
  await transferCard(ann, recording.name, 'active').waitFor();
  await transferCard(ann, photo.name, 'done').locator('summary').click();
  await picture(ann, folder, 'room');

  await transferCard(bob, recording.name, 'active').locator(hook('cancel')).click();
  await transferCard(ann, recording.name, 'cancelled').waitFor();
  await cid.close();
  await transferCard(ann, 'plans.pdf', 'failed').waitFor();
  await picture(ann, folder, 'ended');
  await recording.remove();
  return `pictures are in ${folder}`;
});

async function picture(page, folder, name) {
  for (const [sizeName, size] of Object.entries(SIZES)) {
    await page.setViewportSize(size);
    for (const colorScheme of SCHEMES) {
      await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
      await page.screenshot({
        path: join(folder, `${name}-${sizeName}-${colorScheme}.png`),
        fullPage: true,
      });
    }
    const overhang = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
    require(overhang <= 0, `${name} is ${overhang} pixels too wide at ${size.width}`);
  }
}
