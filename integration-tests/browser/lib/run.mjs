/** How a page script reports: one line on success, one line and exit code 1 on failure. */
import { basename } from 'node:path';
import { startBrowser } from './chromium.mjs';

/**
 * Runs a script against the server named by the first argument or PARLEY_PAGE.
 * @param {(browser: import('./chromium.mjs').Browser, base: string) => Promise<string>} script returns what it
 *     found
 */
export async function run(script) {
  const name = basename(process.argv[1], '.mjs');
  const base = (process.argv[2] ?? process.env.PARLEY_PAGE ?? 'http://127.0.0.1:8080').replace(/\/$/, '');
  const browser = await startBrowser((process.env.PARLEY_CHROMIUM_ARGUMENTS ?? '').split(' ').filter(Boolean));
  let failure = null;
  let found = '';
  try {
    found = await script(browser, base);
    if (browser.complaints.length > 0) failure = `the page complained: ${browser.complaints.join(' | ')}`;
  } catch (error) {
    const also = browser.complaints.length > 0 ? ` | the page complained: ${browser.complaints.join(' | ')}` : '';
    failure = String(error.message).replace(/\s+/g, ' ') + also;
  }
  await browser.close();
  console.log(failure === null ? `PASS ${name}: ${found}` : `FAIL ${name}: ${failure}`);
  process.exit(failure === null ? 0 : 1);
}

/** A room nobody else is in. */
export function freshRoom() {
  return `test-${crypto.randomUUID()}`;
}

/** @param {unknown} condition @param {string} claim what should have been */
export function require(condition, claim) {
  if (!condition) throw new Error(claim);
}
