/** Tries the ways to the hub: a WebSocket, a stream of events, and plain requests. */
import { sayBye } from '../parley/http-line.js';
import { WebSocketLine } from '../parley/web-socket-line.js';
import { within } from './within.js';

const PATIENCE_MILLIS = 6_000;
const KEY_HEADER = 'Parley-Session';

/**
 * @typedef {object} HubResult
 * @property {'good' | 'failed'} state
 * @property {number} [millis]
 */

/** @param {string} url of the hub's WebSocket @returns {Promise<HubResult>} */
export async function checkWebSocket(url) {
  const beganMillis = performance.now();
  const line = new WebSocketLine(url);
  const answered = new Promise((resolve) => {
    line.onopen = () => line.send(JSON.stringify({ type: 'hello' }));
    line.onmessage = () => resolve(true);
    line.onclose = () => resolve(false);
  });
  const good = await within(PATIENCE_MILLIS, answered);
  const millis = performance.now() - beganMillis;
  line.close(true);
  return good ? { state: 'good', millis } : { state: 'failed' };
}

/**
 * @param {string} url of the hub's WebSocket, beside which the resources for HTTP are
 * @returns {Promise<{requests: HubResult, stream: HubResult}>}
 */
export async function checkHttp(url) {
  const beside = (name) => new URL(name, url.replace(/^ws/, 'http'));
  const beganMillis = performance.now();
  const key = await within(PATIENCE_MILLIS, hello(beside('messages')));
  if (!key) return { requests: { state: 'failed' }, stream: { state: 'failed' } };
  const requests = { state: 'good', millis: performance.now() - beganMillis };
  const stream = await checkStream(beside('events'), key, () => sayBye(beside('messages'), key));
  return { requests, stream };
}

async function hello(url) {
  try {
    const response = await fetch(url, { method: 'POST', credentials: 'omit', body: '{"type":"hello"}' });
    return response.ok ? response.headers.get(KEY_HEADER) : null;
  } catch {
    return null;
  }
}

/** Something on the way may hold a stream back until it ends, which it does not before `bye`. */
async function checkStream(url, key, bye) {
  const ended = new AbortController();
  const beganMillis = performance.now();
  const headers = { accept: 'text/event-stream', [KEY_HEADER]: key };
  const begins = fetch(url, { headers, cache: 'no-store', credentials: 'omit', signal: ended.signal })
    .then((response) => response.ok && response.body.getReader().read())
    .then((piece) => Boolean(piece?.value))
    .catch(() => false);
  const good = await within(PATIENCE_MILLIS, begins);
  const millis = performance.now() - beganMillis;
  bye();
  if (!good) ended.abort();
  return good ? { state: 'good', millis } : { state: 'failed' };
}
