/** Starts Chromium as the tests need it, with a profile of its own, and collects what its pages complain about. */
import { chromium } from 'playwright-core';

const EXECUTABLE = process.env.PARLEY_CHROMIUM ?? '/usr/bin/chromium';

const ARGUMENTS = [
  '--headless=new',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  // Names of the multicast DNS in place of addresses need a network that carries multicast; a test network may
  // not.
  '--disable-features=WebRtcHideLocalIpsWithMdns',
  // A page in the background would be slowed down, and all but one are.
  '--disable-background-timer-throttling',
  '--disable-renderer-backgrounding',
  '--disable-backgrounding-occluded-windows',
];

/**
 * @typedef {object} Browser
 * @property {(options?: import('playwright-core').BrowserContextOptions) =>
 *     Promise<import('playwright-core').Page>} newPage
 *     with a storage of its own
 * @property {string[]} complaints console errors, page errors and failed requests of all pages
 * @property {() => Promise<number[]>} rendererProcesses the ids of the processes that run pages
 * @property {() => Promise<void>} close
 */

/**
 * @param {string[]} [extraArguments]
 * @param {string} [executable] the program to start in place of Chromium itself
 * @returns {Promise<Browser>}
 */
export async function startBrowser(extraArguments = [], executable = EXECUTABLE) {
  const browser = await chromium.launch({
    executablePath: executable,
    args: [...ARGUMENTS, ...extraArguments],
    chromiumSandbox: false,
  });
  const complaints = [];
  return {
    complaints,
    async newPage(options = {}) {
      const context = await browser.newContext(options);
      const page = await context.newPage();
      page.on('console', (message) => message.type() === 'error' && complaints.push(`console: ${message.text()}`));
      page.on('pageerror', (error) => complaints.push(`page: ${error.stack ?? error}`));
      page.on('requestfailed', (request) =>
        complaints.push(`request: ${request.url()} ${request.failure()?.errorText}`),
      );
      return page;
    },
    async rendererProcesses() {
      const session = await browser.newBrowserCDPSession();
      const { processInfo } = await session.send('SystemInfo.getProcessInfo');
      return processInfo.filter(({ type }) => type === 'renderer').map(({ id }) => id);
    },
    close: () => browser.close(),
  };
}
