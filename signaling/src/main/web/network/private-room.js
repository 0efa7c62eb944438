/**
 * A room nobody else knows, with two members of this page: only who is in a room may use the relay, and only towards
 * other members.
 */
import { randomText } from '../parley.js';
import { hubUrl } from '../parley/hub-url.js';
import { Signaling } from '../parley/signaling.js';
import { within } from './within.js';

const JOIN_MILLIS = 20_000;
const NAME_CHARACTERS = 20;

export class PrivateRoom {
  #members;

  constructor() {
    const room = `network-test-${randomText(NAME_CHARACTERS)}`;
    this.#members = [0, 1].map(() => new Signaling({ url: hubUrl(), room }));
  }

  /**
   * Joins.
   * @returns {Promise<RTCIceServer[][]>} the servers with fresh credentials, for each of the two
   */
  async iceServersOfBoth() {
    const joined = await within(JOIN_MILLIS, Promise.all(this.#members.map(join)));
    return joined ?? [[], []];
  }

  leave() {
    for (const member of this.#members) member.close();
  }
}

function join(member) {
  return new Promise((resolve) => {
    let iceServers = [];
    member.addEventListener('welcome', ({ detail }) => (iceServers = detail.iceServers ?? []));
    member.addEventListener('joined', () => resolve(iceServers));
    member.addEventListener('state', ({ detail }) => detail.state === 'closed' && resolve([]));
    member.open();
  });
}
