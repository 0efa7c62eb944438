/** Asks one relay by one transport for an address, and measures how long a packet takes through it and back here. */
import { within } from './within.js';

const ALLOCATE_MILLIS = 7_000;
const CONNECT_MILLIS = 7_000;
const PACKETS = 15;
const PACKET_MILLIS = 2_000;

/**
 * @typedef {object} RelayResult
 * @property {'good' | 'poor' | 'failed'} state `poor` where an address was given, but nothing came through it
 * @property {number} [allocateMillis]
 * @property {number} [roundTripMillis] median of some packets
 * @property {string} [address] the relayed one
 */

/**
 * @param {RTCIceServer} server with one address
 * @param {RTCIceServer} other the same with the credentials of another member, whom alone a relay may lead to
 * @param {(connection: RTCPeerConnection) => void} watch
 * @returns {Promise<RelayResult>}
 */
export async function checkRelay(server, other, watch) {
  const [here, there] = [server, other].map(
    (only) => new RTCPeerConnection({ iceServers: [only], iceTransportPolicy: 'relay' }),
  );
  watch(here);
  try {
    const channel = here.createDataChannel('measure', { ordered: false, maxRetransmits: 0 });
    const arrived = new Promise((resolve) => (there.ondatachannel = (event) => resolve(event.channel)));
    const allocated = firstCandidate(here);
    const beganMillis = performance.now();
    exchangeCandidates(here, there);
    await negotiate(here, there);
    const candidate = await within(ALLOCATE_MILLIS, allocated);
    if (!candidate) return { state: 'failed' };
    const allocateMillis = candidate.atMillis - beganMillis;
    const address = candidate.address;
    const ends = await within(CONNECT_MILLIS, Promise.all([opened(channel), arrived]));
    if (!ends) return { state: 'poor', allocateMillis, address };
    const roundTripMillis = await measure(channel, ends[1]);
    if (roundTripMillis === null) return { state: 'poor', allocateMillis, address };
    return { state: 'good', allocateMillis, roundTripMillis, address };
  } finally {
    here.close();
    there.close();
  }
}

function firstCandidate(connection) {
  return new Promise((resolve) => {
    connection.addEventListener('icecandidate', ({ candidate }) => {
      if (candidate?.type === 'relay')
        resolve({ atMillis: performance.now(), address: `${candidate.address}:${candidate.port}` });
      else if (!candidate || candidate.candidate === '') resolve(null);
    });
  });
}

function exchangeCandidates(here, there) {
  const waiting = new Map([[here, []], [there, []]]);
  for (const [from, to] of [[here, there], [there, here]]) {
    from.addEventListener('icecandidate', ({ candidate }) => {
      if (!candidate?.candidate) return;
      if (to.remoteDescription) to.addIceCandidate(candidate).catch(() => {});
      else waiting.get(to).push(candidate);
    });
    to.addEventListener('signalingstatechange', () => {
      if (!to.remoteDescription) return;
      for (const candidate of waiting.get(to).splice(0)) to.addIceCandidate(candidate).catch(() => {});
    });
  }
}

async function negotiate(here, there) {
  await here.setLocalDescription();
  await there.setRemoteDescription(here.localDescription);
  await there.setLocalDescription();
  await here.setRemoteDescription(there.localDescription);
}

function opened(channel) {
  if (channel.readyState === 'open') return true;
  return new Promise((resolve) => (channel.onopen = () => resolve(true)));
}

/** Both ends are on this page: a packet that arrived went to the relay and came back once. */
async function measure(channel, other) {
  const millis = [];
  for (let count = 0; count < PACKETS; count++) {
    const arrived = new Promise((resolve) => (other.onmessage = ({ data }) => data === String(count) && resolve(true)));
    const sentMillis = performance.now();
    channel.send(String(count));
    if (await within(PACKET_MILLIS, arrived)) millis.push(performance.now() - sentMillis);
    else if (millis.length === 0 && count > 1) return null;
  }
  return median(millis);
}

/** @param {number[]} values @returns {number | null} */
export function median(values) {
  const sorted = values.toSorted?.((one, other) => one - other) ?? [...values].sort((one, other) => one - other);
  return sorted.length === 0 ? null : sorted[Math.floor(sorted.length / 2)];
}
