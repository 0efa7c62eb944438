/** The same few steps in Chromium and in Firefox, whose drivers have little in common. */
import { createHash, X509Certificate } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { startBrowser } from './chromium.mjs';
import { DEADLINE_MILLIS } from './demo-page.mjs';
import { startFirefox } from './firefox.mjs';

const POLL_MILLIS = 100;

const FAKE_MEDIA = ['--use-fake-device-for-media-stream', '--use-fake-ui-for-media-stream'];

/**
 * @param {string} name chromium or firefox
 * @param {{certificate?: string, authority?: string}} [trust] files in PEM: of the server, and of who signed it
 */
export async function startEither(name, { certificate, authority } = {}) {
  if (name === 'firefox') {
    const browser = await startFirefox(authority);
    return { newPage: async () => new EitherPage(await browser.newPage()), close: browser.close };
  }
  const browser = await startBrowser([...FAKE_MEDIA, ...(certificate ? [trusting(certificate)] : [])]);
  return { newPage: async () => new EitherPage(await browser.newPage()), close: browser.close };
}

/** Chromium takes no authority from a file, but it can be told to trust a key. */
function trusting(file) {
  const key = new X509Certificate(readFileSync(file)).publicKey.export({ type: 'spki', format: 'der' });
  return `--ignore-certificate-errors-spki-list=${createHash('sha256').update(key).digest('base64')}`;
}

export class EitherPage {
  #page;

  constructor(page) {
    this.#page = page;
  }

  goto(url) {
    return this.#page.goto(url);
  }

  /** Runs a function in the page; it is sent there as text. */
  evaluate(act, argument) {
    return this.#page.evaluate(act, argument);
  }

  /** Waits until a function in the page says something true, and answers it. */
  async until(claim, condition, argument, patienceMillis = DEADLINE_MILLIS) {
    for (const endMillis = Date.now() + patienceMillis; ; ) {
      const answer = await this.#page.evaluate(condition, argument);
      if (answer) return answer;
      if (Date.now() > endMillis) throw new Error(`${claim}: not within ${patienceMillis} ms. ${await this.#words()}`);
      await new Promise((resolve) => setTimeout(resolve, POLL_MILLIS));
    }
  }

  /** Clicks what carries this name for tests, once it can be clicked. */
  async click(name) {
    await this.until(`"${name}" can be clicked`, clickable, `[data-test="${name}"]`);
    await this.evaluate((selector) => document.querySelector(selector).click(), `[data-test="${name}"]`);
  }

  /** Waits until something matches the selector. */
  shows(selector) {
    return this.until(`${selector} is there`, (wanted) => document.querySelector(wanted) !== null, selector);
  }

  text(selector) {
    return this.evaluate((wanted) => document.querySelector(wanted)?.textContent.trim() ?? '', selector);
  }

  screenshot(path) {
    return this.#page.screenshot({ path, fullPage: true });
  }

  close() {
    return this.#page.close();
  }

  async #words() {
    const words = await this.#page.evaluate(() => document.body.innerText.replace(/\s+/g, ' ').slice(0, 600));
    return `The page says: ${words}`;
  }
}

function clickable(selector) {
  const element = document.querySelector(selector);
  return element !== null && !element.disabled && element.getClientRects().length > 0;
}
