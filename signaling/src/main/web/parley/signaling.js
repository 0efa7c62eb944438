/**
 * Keeps one member in one room of the hub: joins, and joins again when its session could not be resumed.
 */
import { ParleyError } from './error.js';
import { Session } from './session.js';
import { TokenClock } from './token-clock.js';

/**
 * @typedef {object} MemberRecord a member as the hub describes it
 * @property {string} id
 * @property {'host' | 'member' | 'listener'} role
 * @property {string} [name]
 * @property {Record<string, unknown>} [metadata]
 */

/**
 * Events (`CustomEvent`, `detail` in brackets): `state` [{state, retryMillis?, reason?}], `welcome` [the
 * welcome message], `ice-servers` [{iceServers, iceServersTtlSeconds, pushed}], `wire` [{sent, message}],
 * `joined` [{id, role, state, members, knocks}], `knock` [MemberRecord], `knock-ended` [{id, reason}],
 * `room-updated` [RoomSettings], `key-set` [{key, value, by}], `member-joined` [MemberRecord], `member-updated`
 * [MemberRecord], `member-left` [{id, reason}], `signal` [{from, data}], `refused` [ParleyError],
 * `transport` ['websocket' | 'events' | 'polling'], `token-expiring`
 * [{expiresInSeconds}], `resumed` [the session went on after a loss].
 */
export class Signaling extends EventTarget {
  /** @type {'connecting' | 'waiting' | 'joined' | 'reconnecting' | 'closed'} */
  state = 'connecting';
  #session;
  #room;
  #presence;
  #password;
  #newToken;
  #tokenClock = new TokenClock((expiresInSeconds) => this.#emit('token-expiring', { expiresInSeconds }));
  #joinedBefore = false;
  #inRoom = false;
  #waiting = false;

  /**
   * @param {{url: string, room: string, name?: string, metadata?: Record<string, unknown>, password?: string,
   *     token?: string}} options
   */
  constructor({ url, room, name, metadata, password, token }) {
    super();
    this.#room = room.normalize('NFC');
    this.#presence = { name: name || undefined, metadata };
    this.#password = password || undefined;
    this.#session = new Session(url, { token, room: this.#room });
    const on = (type, act) => this.#session.addEventListener(type, (event) => act(event.detail));
    on('welcome', (welcome) => this.#welcomed(welcome));
    on('resumed', (resumed) => this.#resumed(resumed));
    on('message', (message) => this.#receive(message));
    on('transport', ({ transport }) => this.#emit('transport', transport));
    on('wire', (wire) => this.#emit('wire', wire));
    on('lost', ({ retryMillis }) => this.#changeState({ state: 'reconnecting', retryMillis }));
    on('closed', ({ reason }) => this.#end(reason));
  }

  /** How messages go to the hub and back; null before the first. */
  get transport() {
    return this.#session.transport;
  }

  open() {
    this.#session.open();
  }

  /** Gives the connection to the hub up and makes another. */
  reconnect() {
    this.#session.drop();
  }

  /** Leaves the room in order. */
  close() {
    if (this.state === 'closed') return;
    this.#session.send({ type: 'leave', room: this.#room });
    this.#end('left');
  }

  /**
   * Sends to one member. While the hub cannot be reached it waits for the session to be resumed; if it cannot be, it
   * is dropped, and whoever negotiates starts again after the next `joined`.
   * @param {string} to member id
   * @param {unknown} data
   */
  signal(to, data) {
    if (this.#inRoom) this.#session.send({ type: 'signal', room: this.#room, to, data });
  }

  /** Changes name or metadata, now and for every later join; null takes it away. */
  update(presence) {
    Object.assign(this.#presence, presence);
    if (this.#inRoom) this.#session.send({ type: 'update', room: this.#room, ref: 'update', ...presence });
  }

  /**
   * Asks something of the room; refused, the room gets `refused`.
   * @param {'admit' | 'refuse' | 'kick' | 'ban' | 'role' | 'configure' | 'set'} type
   * @param {object} fields
   */
  ask(type, fields) {
    if (this.#inRoom) this.#session.send({ type, room: this.#room, ref: type, ...fields });
  }

  /** Puts a newer token in the place of the one the session was admitted with; refused, the room gets `refused`. */
  refreshToken(token) {
    this.#newToken = token;
    this.#session.send({ type: 'refresh', token, room: this.#room, ref: 'refresh' });
  }

  #receive(message) {
    switch (message.type) {
      case 'ice-servers':
        this.#emit('ice-servers', { ...message, pushed: true });
        break;
      case 'token':
        if (message.ref === 'refresh') this.#session.useToken(this.#newToken);
        this.#tokenClock.set(message.expiresInSeconds);
        break;
      case 'joined':
        this.#session.settle();
        this.#joinedBefore = this.#inRoom = true;
        this.#waiting = false;
        this.state = 'joined';
        this.#emit('joined', message);
        this.#changeState({ state: 'joined' });
        break;
      case 'waiting':
        this.#session.settle();
        this.#waiting = true;
        this.#changeState({ state: 'waiting' });
        break;
      case 'knock':
      case 'member-joined':
      case 'member-updated':
        this.#emit(message.type, message.member);
        break;
      case 'room-updated':
        this.#emit('room-updated', message.state);
        break;
      case 'key-set':
        this.#emit('key-set', message);
        break;
      case 'knock-ended':
      case 'member-left':
        this.#emit(message.type, { id: message.id, reason: message.reason });
        break;
      case 'signal':
        this.#emit('signal', { from: message.from, data: message.data });
        break;
      case 'left':
        this.#end(message.reason);
        break;
      case 'error':
        this.#failed(new ParleyError(message.code, message.message), message.ref);
        break;
      default: // pong, ack, and whatever a newer hub may say
    }
  }

  #welcomed(welcome) {
    this.#inRoom = this.#waiting = false;
    this.#emit('welcome', welcome);
    this.#join();
  }

  #join() {
    // A join says what is there; only an update can take something away.
    const there = Object.entries(this.#presence).filter(([, value]) => value !== null);
    const password = this.#password;
    this.#session.send({ type: 'join', room: this.#room, ref: 'join', password, ...Object.fromEntries(there) });
  }

  /** The same session goes on; if messages were lost a `joined` follows, which says how things are. */
  #resumed(resumed) {
    this.#emit('ice-servers', resumed);
    this.#emit('resumed');
    if (this.#inRoom) this.#changeState({ state: 'joined' });
    else if (this.#waiting) this.#changeState({ state: 'waiting' });
    else this.#join();
  }

  #failed(error, ref) {
    if (ref === undefined && error.code !== 'denied') {
      // About a signal. That its member has just left is no news: it comes as a message of its own.
      if (error.code !== 'no-such-member')
        console.warn(`The hub refused a signal (${error.code}): ${error.message}`);
      return;
    }
    this.#emit('refused', error);
    if (ref !== 'join') return;
    this.#waiting = false;
    if (this.#joinedBefore || error.code === 'slow-down') this.#session.drop();
    else this.#end(error.code);
  }

  #end(reason) {
    this.#tokenClock.stop();
    this.#session.close();
    this.#changeState({ state: 'closed', reason });
  }

  #changeState(change) {
    this.state = change.state;
    this.#emit('state', change);
  }

  #emit(type, detail) {
    this.dispatchEvent(new CustomEvent(type, { detail }));
  }
}
