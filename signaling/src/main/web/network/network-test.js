/** The test itself: tries the hub, then all ways to the relay side by side, and tells how each went. */
import { hubUrl } from '../parley/hub-url.js';
import { CandidateLog } from './candidates.js';
import { checkHttp, checkWebSocket } from './hub-check.js';
import { PrivateRoom } from './private-room.js';
import { checkRelay } from './relay-check.js';
import { checkStun } from './stun-check.js';
import { waysOf } from './ways.js';

/** Events: `change` (of one check, or there are more of them). */
export class NetworkTest extends EventTarget {
  /** @type {import('./verdict.js').Check[]} */
  checks = [
    { id: 'websocket', kind: 'websocket', state: 'waiting' },
    { id: 'http', kind: 'http', state: 'waiting' },
  ];
  candidates = new CandidateLog();

  /** @returns {Promise<void>} when everything was tried */
  async run() {
    await this.#tryHub();
    const reachable = this.checks.some((check) => check.state === 'good');
    if (reachable) await this.#tryRelays();
    this.#change();
  }

  async #tryHub() {
    const [socket, http] = this.checks;
    const url = hubUrl();
    await this.#try(socket, () => checkWebSocket(url));
    await this.#try(http, async () => {
      const { requests, stream } = await checkHttp(url);
      return { ...requests, stream: stream.state === 'good' };
    });
  }

  async #tryRelays() {
    const room = new PrivateRoom();
    try {
      const [here, there] = (await room.iceServersOfBoth()).map(waysOf);
      const ways = here.map((way, index) => ({ ...way, other: there[index].server }));
      const checks = ways.map(({ kind, server }) => ({ id: server.urls, kind, url: server.urls, state: 'waiting' }));
      this.checks = [...this.checks, ...checks];
      this.#change();
      await Promise.all(ways.map((way, index) => this.#tryWay(way, checks[index])));
      this.#settleStun();
    } finally {
      room.leave();
    }
  }

  #tryWay({ kind, server, other }, check) {
    const watch = (connection) => this.candidates.watch(connection, check.id);
    if (kind === 'stun') return this.#try(check, () => checkStun(server, watch));
    return this.#try(check, async () => {
      const { state, roundTripMillis, address } = await checkRelay(server, other, watch);
      return { state, millis: roundTripMillis, address };
    });
  }

  /** Where the search only ended, whether UDP gets to the relay says what it means. */
  #settleStun() {
    const udp = this.checks.some(({ kind, state }) => kind === 'udp' && state === 'good');
    for (const check of this.checks) if (check.state === 'unclear') check.state = udp ? 'good' : 'failed';
  }

  async #try(check, attempt) {
    check.state = 'running';
    this.#change();
    try {
      Object.assign(check, await attempt());
    } catch (error) {
      console.warn('A check could not be made:', error);
      check.state = 'failed';
    }
    this.#change();
  }

  #change() {
    this.dispatchEvent(new CustomEvent('change'));
  }
}
