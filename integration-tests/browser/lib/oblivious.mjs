/** Clients that know nothing of relay-only rooms: they gather whatever there is, and tell all of it. */

/**
 * A page with `window.oblivious`: `state` of its connection, and `heard`, the types of candidates that came in.
 * @param {{newPage: () => Promise<import('./either.mjs').EitherPage>}} browser
 * @param {string} base
 * @param {string} room
 * @param {boolean} offers whether it makes the offer, once it is there
 */
export async function obliviousPage(browser, base, room, offers) {
  const page = await browser.newPage();
  await page.goto(`${base}/network.html`);
  await page.evaluate(join, { room, offers });
  await page.until('it has joined', () => window.oblivious.joined);
  return page;
}

/** Runs in the page. */
function join({ room, offers }) {
  const socket = new WebSocket(`${location.origin.replace('http', 'ws')}/ws`);
  const state = { joined: false, state: 'new', heard: [], told: [], socket };
  window.oblivious = state;
  const say = (message) => socket.send(JSON.stringify(message));
  const tell = (data) => {
    const text = JSON.stringify(data);
    state.told.push(...text.matchAll(/typ (\w+)/g).map(([, type]) => type));
    say({ type: 'signal', room, data });
  };
  let connection;
  let early = [];
  const begin = (iceServers) => {
    connection = new RTCPeerConnection({ iceServers });
    connection.onicecandidate = ({ candidate }) => candidate && tell({ candidate });
    connection.onconnectionstatechange = () => (state.state = connection.connectionState);
    connection.ondatachannel = () => {};
  };
  const describe = async () => {
    await connection.setLocalDescription();
    tell({ description: connection.localDescription });
  };
  const take = async ({ description, candidate }) => {
    if (description) {
      await connection.setRemoteDescription(description);
      if (description.type === 'offer') await describe();
      for (const each of early) await connection.addIceCandidate(each);
      early = null;
    } else if (early) early.push(candidate);
    else await connection.addIceCandidate(candidate);
  };
  socket.onopen = () => say({ type: 'hello' });
  socket.onmessage = ({ data }) => {
    const message = JSON.parse(data);
    if (message.type === 'welcome') {
      begin(message.iceServers);
      say({ type: 'join', room });
    } else if (message.type === 'joined') {
      state.joined = true;
      if (!offers) return;
      connection.createDataChannel('talk');
      describe();
    } else if (message.type === 'signal') {
      state.heard.push(...JSON.stringify(message.data).matchAll(/typ (\w+)/g).map(([, type]) => type));
      take(message.data);
    }
  };
}
