/** Pages that use `parley.js` without the demo page. */

/**
 * A page with `window.room` in the room, and `window.seen`, what happened there.
 * @param {{newPage: () => Promise<import('./either.mjs').EitherPage>}} browser
 */
export async function rawRoom(browser, base, options) {
  const page = await browser.newPage();
  await page.goto(`${base}/network.html`);
  await page.evaluate(async (joinOptions) => {
    const { joinRoom } = await import('/parley.js');
    window.room = await joinRoom(joinOptions);
  }, options);
  return page;
}

/** Waits until the page is connected with so many members. */
export function connectedWith(page, count) {
  const condition = (wanted) =>
    [...window.room.members.values()].filter((member) => member.state === 'connected').length === wanted;
  return page.until(`${count} members are connected`, condition, count);
}
