/** The page "Test my network" says what gets through, and what does not. */
import { require } from '../lib/run.mjs';

/** Runs the test on the page and answers what it says. */
export async function testNetwork(page, base) {
  await page.goto(`${base}/network.html`);
  await page.click('start');
  await page.until('the test begins', () => document.getElementById('verdict').dataset.state !== 'idle');
  await page.until('the test ends', () => document.getElementById('verdict').dataset.state !== 'running');
  return page.evaluate(() => ({
    title: document.getElementById('verdict-title').textContent,
    text: document.getElementById('verdict-text').textContent,
    checks: [...document.querySelectorAll('[data-test="check"]')].map((check) => ({
      kind: check.dataset.kind,
      state: check.dataset.state,
      measure: check.querySelector('.measure').textContent,
    })),
    relays: [...document.querySelectorAll('#candidates tr')].filter((row) => row.textContent.includes('relay')).length,
  }));
}

/** @param {{title: string, checks: {kind: string, state: string, measure: string}[]}} found */
export function states({ checks }) {
  return checks.map(({ kind, state }) => `${kind} ${state}`).join(', ');
}

/** In a network where everything gets through. */
export async function network({ browser, base }) {
  const page = await browser.newPage();
  const found = await testNetwork(page, base);
  require(found.title === 'You can connect to anybody', `${found.title}: ${states(found)}`);
  for (const kind of ['websocket', 'http', 'udp', 'tcp', 'tls']) {
    const check = found.checks.find((each) => each.kind === kind);
    require(check?.state === 'good', `${kind} should get through: ${states(found)}`);
    require(/\d ms$/.test(check.measure), `${kind} should be measured, and says "${check.measure}"`);
  }
  require(found.relays >= 3, `the table should have a relayed candidate for each transport, not ${found.relays}`);
  await page.click('copy-report');
  await page.until('the report is copied', () => document.getElementById('copy').textContent === 'Copied');
  const measures = found.checks.map(({ kind, measure }) => `${kind} ${measure}`.trim());
  await page.close();
  return `"${found.title}" (${measures.join(', ')})`;
}
