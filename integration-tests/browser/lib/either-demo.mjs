/** The demo page, in either browser. */

const ARRIVAL_MILLIS = 90_000;

/** All pages share one storage, from which the demo page takes its name when it opens: one opens at a time. */
let opening = Promise.resolve();

/**
 * Opens the demo page in a room.
 * @param {{newPage: () => Promise<import('./either.mjs').EitherPage>}} browser
 * @param {{base: string, room: string, name: string, relay?: boolean}} options
 */
export function openDemo(browser, options) {
  const opened = opening.then(() => openNow(browser, options));
  opening = opened.catch(() => {});
  return opened;
}

async function openNow(browser, { base, room, name, relay = false }) {
  const page = await browser.newPage();
  await page.goto(`${base}/parley.d.ts`);
  await page.evaluate((value) => localStorage.setItem('parley-name', value), name);
  await page.goto(`${base}/${relay ? '?relay=1' : ''}#${room}`);
  return page;
}

export async function enterDemo(browser, options) {
  const page = await openDemo(browser, options);
  await page.shows('[data-test="connection"][data-state="joined"]');
  return page;
}

/** Waits until the page shows that somebody is connected. */
export function showsMember(page, name) {
  return page.until(
    `${name} is connected`,
    (wanted) =>
      [...document.querySelectorAll('[data-test="member"][data-state="connected"]')].some(
        (card) => card.querySelector('h3').textContent === wanted,
      ),
    name,
  );
}

/** Offers everyone a file of random bytes; answers its SHA-256 in hexadecimal digits. */
export function offerFile(page, name, bytes) {
  return page.evaluate(
    async (file) => {
      const content = new Uint8Array(file.bytes);
      for (let at = 0; at < file.bytes; at += 65_536) crypto.getRandomValues(content.subarray(at, at + 65_536));
      const input = document.getElementById('everyone-file');
      const chosen = new DataTransfer();
      chosen.items.add(new File([content], file.name));
      input.files = chosen.files;
      input.dispatchEvent(new Event('change'));
      const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', content));
      return [...digest].map((byte) => byte.toString(16).padStart(2, '0')).join('');
    },
    { name, bytes },
  );
}

/** Waits until the file is there; answers the SHA-256 that the page shows. */
export function arrivedFile(page, name) {
  return page.until(
    `${name} arrives`,
    (wanted) => document.querySelector(`[data-test="file"][data-name="${wanted}"]`)?.dataset.sha256,
    name,
    ARRIVAL_MILLIS,
  );
}
