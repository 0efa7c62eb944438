/** The ways that are tried, from what the hub offers. */

/**
 * @typedef {object} Way
 * @property {'stun' | 'udp' | 'tcp' | 'tls'} kind
 * @property {RTCIceServer} server with this one address
 */

/**
 * One way for each address of the ICE servers. Browsers have no DTLS to relays; asked for it they take TLS, which is
 * tried anyway.
 * @param {RTCIceServer[]} iceServers
 * @returns {Way[]} in the order they are shown
 */
export function waysOf(iceServers) {
  const ways = iceServers.flatMap(({ urls, username, credential }) =>
    [urls].flat().map((url) => ({ kind: kindOf(url), server: { urls: url, username, credential } })),
  );
  const order = ['stun', 'udp', 'tcp', 'tls'];
  const tried = ways.filter(({ kind }) => order.includes(kind));
  return tried.sort((one, other) => order.indexOf(one.kind) - order.indexOf(other.kind));
}

/** @param {string} url such as `turn:example.org:3478?transport=tcp`, RFC 7065 */
function kindOf(url) {
  const [scheme] = url.split(':');
  if (scheme === 'stun' || scheme === 'stuns') return 'stun';
  const tcp = /[?&]transport=tcp/.test(url);
  if (scheme === 'turns') return /[?&]transport=udp/.test(url) ? 'dtls' : 'tls';
  return tcp ? 'tcp' : 'udp';
}

/** The port in such an address, or the one that is meant without it. */
export function portOf(url) {
  const named = /:(\d+)(\?|$)/.exec(url);
  if (named) return Number(named[1]);
  return url.startsWith('turns:') || url.startsWith('stuns:') ? 5349 : 3478;
}
