/** Asks by STUN how this device looks from the internet. */
import { within } from './within.js';

const PATIENCE_MILLIS = 7_000;

/**
 * @typedef {object} StunResult
 * @property {'good' | 'unclear' | 'failed'} state
 * @property {number} [millis]
 * @property {string} [address] as the internet sees it
 */

/**
 * @param {RTCIceServer} server with one address
 * @param {(connection: RTCPeerConnection) => void} watch
 * @returns {Promise<StunResult>} `unclear` where the server sees the device's own address, which is no other
 *     candidate, or where the browser does not tell that nothing came
 */
export async function checkStun(server, watch) {
  const connection = new RTCPeerConnection({ iceServers: [server] });
  watch(connection);
  try {
    let refused = false;
    connection.addEventListener('icecandidateerror', () => (refused = true));
    const beganMillis = performance.now();
    const found = new Promise((resolve) => {
      connection.addEventListener('icecandidate', ({ candidate }) => {
        if (candidate?.type === 'srflx')
          resolve({ state: 'good', millis: performance.now() - beganMillis, address: candidate.address });
      });
      connection.addEventListener('icegatheringstatechange', () => {
        if (connection.iceGatheringState === 'complete') resolve({ state: refused ? 'failed' : 'unclear' });
      });
    });
    connection.createDataChannel('stun');
    await connection.setLocalDescription();
    return (await within(PATIENCE_MILLIS, found)) ?? { state: 'failed' };
  } finally {
    connection.close();
  }
}
