/** What the results of the test mean, in plain words. */
import { portOf } from './ways.js';

/**
 * @typedef {object} Check
 * @property {string} id
 * @property {'websocket' | 'http' | 'stun' | 'udp' | 'tcp' | 'tls'} kind
 * @property {string} [url] of the server asked
 * @property {'waiting' | 'running' | 'good' | 'poor' | 'failed' | 'skipped'} state
 * @property {number} [millis]
 * @property {string} [address]
 * @property {boolean} [stream] with `http`: whether answers come at once, rather than by asking again
 */

const TITLES = {
  websocket: 'Meeting others by WebSocket',
  http: 'Meeting others by plain HTTP',
  stun: 'Your address on the internet',
  udp: 'Relay over UDP',
  tcp: 'Relay over TCP',
  tls: 'Relay over TLS',
};

const PURPOSES = {
  websocket: 'The usual way to find the others.',
  http: 'The way around where WebSockets are blocked.',
  stun: 'For connections that go straight from one to the other.',
  udp: 'Best for calls, where no straight connection is possible.',
  tcp: 'Gets through more firewalls; calls are a little less smooth.',
  tls: 'Looks like any web page, so it gets through almost everywhere.',
};

/** @param {Check} check */
export function titleOf({ kind, url }) {
  return url && kind !== 'stun' ? `${TITLES[kind]}, port ${portOf(url)}` : TITLES[kind];
}

/** @param {Check} check */
export function purposeOf({ kind }) {
  return PURPOSES[kind];
}

/** @param {Check} check @returns {string} one sentence */
export function resultOf({ kind, state, address, stream }) {
  if (state === 'waiting') return 'Not tried yet.';
  if (state === 'running') return 'Trying …';
  if (state === 'skipped') return 'Could not be tried, since the server could not be reached.';
  if (state === 'poor') return 'The relay answered, but nothing came through it.';
  if (state === 'failed') return kind === 'stun' ? 'No answer came back.' : 'Does not get through.';
  if (kind === 'http' && stream === false) return 'Works, but answers are held back on the way, so it is slower.';
  if (kind === 'stun') return address ? `The internet sees you as ${address}.` : 'The server answers.';
  return 'Works.';
}

/**
 * @param {Check[]} checks all of them, when they have ended
 * @returns {{state: 'good' | 'limited' | 'failed', title: string, text: string}}
 */
export function verdictOf(checks) {
  const good = (kind) => checks.some((check) => check.kind === kind && check.state === 'good');
  if (!good('websocket') && !good('http')) return UNREACHABLE;
  const around = good('websocket') ? '' : ' WebSockets are blocked here; plain HTTP is used in their place.';
  const offered = checks.filter(({ kind }) => ['udp', 'tcp', 'tls'].includes(kind));
  if (offered.length === 0) return { ...NO_RELAY, text: NO_RELAY.text + around };
  if (good('udp')) {
    const text = `Calls and files get through this network the best way there is.${around}`;
    return { state: around ? 'limited' : 'good', title: 'You can connect to anybody', text };
  }
  const streams = ['tcp', 'tls'].filter(good).map((kind) => kind.toUpperCase());
  if (streams.length > 0) return overStreams(streams.join(' or '), around, offered);
  return { ...NO_WAY, text: `${NO_WAY.text} ${askFor(offered)}${around}` };
}

const UNREACHABLE = {
  state: 'failed',
  title: 'You cannot reach the server',
  text:
    'Neither a WebSocket nor plain HTTP got through, so nobody can be met from here. Check that you are online, ' +
    'switch a VPN or content blocker off, or try another network.',
};

const NO_RELAY = {
  state: 'limited',
  title: 'You can meet others, without a relay',
  text: 'This server offers no relay, so you can connect wherever both networks allow a straight connection.',
};

const NO_WAY = {
  state: 'failed',
  title: 'You can connect only to some people',
  text:
    'You can meet others, but the relay cannot be reached. Where no straight connection is possible, calls and files ' +
    'will not come about.',
};

function overStreams(transports, around, offered) {
  const udp = offered.filter(({ kind }) => kind === 'udp');
  return {
    state: 'limited',
    title: `You can connect to anybody, through this network only over ${transports}`,
    text:
      'UDP does not get through here. Files arrive as always; calls may stutter when the network is busy.' +
      `${udp.length > 0 ? ` ${askFor(udp)}` : ''}${around}`,
  };
}

/** What to tell whoever runs the network. */
function askFor(offered) {
  const [{ kind, url }] = offered;
  const transport = kind === 'udp' ? 'UDP' : 'TCP';
  return `Whoever runs the network can help by allowing ${transport} to ${hostOf(url)}, port ${portOf(url)}.`;
}

function hostOf(url) {
  return /^\w+:(\[[^\]]+\]|[^:?]+)/.exec(url)?.[1] ?? 'the server';
}
