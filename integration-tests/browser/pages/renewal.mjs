/**
 * The hub renews the credentials of the relay: a path that goes by the relay is found anew with them, a direct one is
 * left alone, and nothing breaks off.
 */
import { DEADLINE_MILLIS } from '../lib/demo-page.mjs';
import { freshRoom, require, run } from '../lib/run.mjs';

await run(async (browser, base) => {
  const room = freshRoom();
  const ann = await join(browser, base, { room, name: 'Ann', iceTransportPolicy: 'relay' });
  const bob = await join(browser, base, { room, name: 'Bob' });
  const cat = await join(browser, base, { room, name: 'Cat' });
  for (const page of [ann, bob, cat]) await page.waitForFunction(pathsKnown, null, waiting());
  const before = await Promise.all([ann, bob, cat].map((page) => page.evaluate(ownSearches)));

  for (const page of [ann, bob, cat]) page.renew();
  await ann.waitForFunction(
    (former) => Object.entries(former).every(([name, search]) => window.searches()[name] !== search),
    before[0],
    waiting(),
  );
  for (const page of [ann, bob, cat]) await page.waitForFunction(pathsKnown, null, waiting());
  const after = await Promise.all([ann, bob, cat].map((page) => page.evaluate(ownSearches)));
  require(after[1].Cat === before[1].Cat, 'the direct path should have been left alone');
  require(after[2].Bob === before[2].Bob, 'on both sides');
  require((await ann.evaluate(() => window.room.broadcast('still here'))) === 2, 'the connections should work');
  for (const page of [bob, cat]) await page.waitForFunction(() => window.heard === 'still here', null, waiting());
  const renewed = await ann.evaluate(() => window.room.credentials.renewsMillis - Date.now());
  require(renewed > 0, 'the clock of the credentials should run again');
  return 'two relayed paths were found anew with fresh credentials, the direct one was left alone';
});

function waiting() {
  return { polling: 100, timeout: DEADLINE_MILLIS };
}

/** A page with `renew`, which has the hub say what it says at half of the credentials' life. */
async function join(browser, base, options) {
  const page = await browser.newPage();
  let toPage;
  let welcome;
  await page.routeWebSocket(/\/ws$/, (route) => {
    toPage = route;
    route.connectToServer().onMessage((text) => {
      const message = JSON.parse(text);
      if (message.type === 'welcome') welcome = message;
      route.send(text);
    });
  });
  // The same credentials, which are good, and others that are not asked for anything: they are not those before.
  page.renew = () => {
    const other = { urls: 'turn:127.0.0.1:9', username: 'renewed', credential: crypto.randomUUID() };
    const iceServers = [...welcome.iceServers, other];
    toPage.send(JSON.stringify({ type: 'ice-servers', iceServers, iceServersTtlSeconds: 600 }));
  };
  await page.goto(base);
  await page.evaluate(async (joinOptions) => {
    const { joinRoom } = await import('/parley.js');
    window.room = await joinRoom(joinOptions);
    window.room.addEventListener('message', ({ detail }) => (window.heard = detail.data));
    window.searches = () =>
      Object.fromEntries(
        [...window.room.members.values()].map(({ name, connection }) => [
          name,
          /a=ice-ufrag:(\S+)/.exec(connection.localDescription.sdp)[1],
        ]),
      );
  }, options);
  return page;
}

function pathsKnown() {
  const members = [...window.room.members.values()];
  return members.length === 2 && members.every(({ state, path }) => state === 'connected' && path !== null);
}

function ownSearches() {
  return window.searches();
}
