/** The demo page's hooks, by the names its elements carry for tests. */

export const DEADLINE_MILLIS = Number(process.env.PARLEY_DEADLINE_MILLIS ?? 30_000);

/** @param {string} name of a hook */
export const hook = (name) => `[data-test="${name}"]`;

/**
 * Opens the demo page in a room and waits until the hub has let it in.
 * @param {import('./chromium.mjs').Browser} browser
 * @param {{base: string, room: string, name: string, relay?: boolean, context?: object,
 *     breakable?: boolean, blocked?: boolean}} options with `breakable` the page has a function `breakHub`, which
 * loses its connection to the hub; with `blocked` none of its WebSockets opens
 */
export async function enter(browser, { base, room, name, relay = false, context, breakable = false, blocked = false }) {
  const page = await browser.newPage(context);
  await page.addInitScript((value) => localStorage.setItem('parley-name', value), name);
  if (breakable) await routeHub(page);
  if (blocked) await page.routeWebSocket(/./, (route) => route.close({ code: 1011 }));
  await page.goto(`${base}/${relay ? '?relay=1' : ''}#${room}`);
  await page.waitForSelector(`${hook('connection')}[data-state="joined"]`, { timeout: DEADLINE_MILLIS });
  return page;
}

/**
 * The close codes are ones after which the hub counts the member as lost, and the page as one that shall come
 * back.
 */
async function routeHub(page) {
  const routes = [];
  await page.routeWebSocket(/\/ws$/, (route) => routes.push([route, route.connectToServer()]));
  page.breakHub = async () => {
    const [toPage, toHub] = routes.at(-1);
    toPage.onMessage(() => {}); // or what the page says meanwhile would be written to a closed connection
    await Promise.all([
      toHub.close({ code: 4000 }),
      toPage.close({ code: 4011, reason: 'slow-reader; reconnect-after=100' }),
    ]);
  };
}

/**
 * Waits until the page shows a connected member of that name, going the given way.
 * @returns {Promise<{id: string, path: string, protocol: string, badge: string}>}
 */
export async function waitForMember(page, name, path) {
  const wanted = path ? `[data-path="${path}"]` : '[data-path]';
  const card = page.locator(`${hook('member')}[data-state="connected"]${wanted}`, { hasText: name });
  await card.waitFor({ timeout: DEADLINE_MILLIS });
  return card.evaluate((element) => ({
    id: element.dataset.id,
    path: element.dataset.path,
    protocol: element.dataset.protocol,
    badge: element.querySelector('[data-part="badge"]').textContent,
  }));
}

/** What to click to change between any path and relay only. */
export function relaySwitch(page) {
  return page.locator('label', { has: page.locator(hook('relay-only')) });
}

/** The card of the transfer that carries a file of this name. */
export function transferCard(page, fileName, state) {
  const wanted = state ? `[data-state="${state}"]` : '';
  return page.locator(`${hook('transfer')}${wanted}:has([data-name="${fileName}"])`);
}

/** Offers files to one member; `files` as of playwright's `setInputFiles`. */
export function sendFiles(page, memberName, files) {
  return page.locator(hook('member'), { hasText: memberName }).locator(hook('member-file')).setInputFiles(files);
}

/**
 * Accepts the offer of a file and waits for its end.
 * @returns {Promise<string>} the SHA-256 the page shows
 */
export async function acceptAndFinish(page, fileName, deadlineMillis = DEADLINE_MILLIS) {
  await transferCard(page, fileName, 'offered').locator(hook('accept')).click({ timeout: DEADLINE_MILLIS });
  const card = transferCard(page, fileName);
  const ended = ['done', 'failed', 'cancelled'].map((state) => `[data-state="${state}"]`).join(', ');
  await card.and(page.locator(ended)).waitFor({ timeout: deadlineMillis });
  const said = await card.locator(hook('transfer-state')).textContent();
  if ((await card.getAttribute('data-state')) !== 'done') throw new Error(`${fileName} did not arrive: ${said}`);
  return card
    .locator(`${hook('file')}[data-name="${fileName}"][data-verified="true"]`)
    .getAttribute('data-sha256');
}
