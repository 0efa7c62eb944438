/**
 * Keeps one member in one room of the hub, over the protocol parley.v1: joins, stays alive, and joins again
 * when it got lost.
 */
import { reconnectDelayMillis } from './backoff.js';
import { ParleyError } from './error.js';
import { Pacer } from './pacer.js';

const SUBPROTOCOL = 'parley.v1';
const DEFAULT_HEARTBEAT_SECONDS = 25;
const ANSWER_DEADLINE_MILLIS = 10_000;
const JOIN_DEADLINE_MILLIS = 15_000;

/**
 * Closed by the hub for what this client did; with no hint to come back, doing it again would end the same way.
 */
const FINAL_CLOSE_CODES = new Set([1002, 1003, 1007, 1008, 1009]);

/**
 * @typedef {object} MemberRecord a member as the hub describes it
 * @property {string} id
 * @property {string} [name]
 * @property {Record<string, unknown>} [metadata]
 */

/**
 * Events (`CustomEvent`, `detail` in brackets): `state` [{state, retryMillis?, reason?}], `welcome` [the
 * welcome message], `ice-servers` [RTCIceServer[]], `joined`
 * [{id, members}], `member-joined` [MemberRecord], `member-updated` [MemberRecord], `member-left` [{id,
 * reason}], `signal` [{from, data}],
 * `refused` [ParleyError].
 */
export class Signaling extends EventTarget {
  /** @type {'connecting' | 'joined' | 'reconnecting' | 'closed'} */
  state = 'connecting';
  #url;
  #room;
  #presence;
  #socket = null;
  #pacer = null;
  #attempt = 0;
  #joinedBefore = false;
  #heartbeatMillis = DEFAULT_HEARTBEAT_SECONDS * 1000;
  #retryTimer = 0;
  #heartbeatTimer = 0;
  #deadlineTimer = 0;
  #online = () => this.#retryNow();

  /**
   * @param {{url: string, room: string, name?: string, metadata?: Record<string, unknown>}} options
   */
  constructor({ url, room, name, metadata }) {
    super();
    this.#url = url;
    this.#room = room.normalize('NFC');
    this.#presence = { name: name || undefined, metadata };
  }

  open() {
    addEventListener('online', this.#online);
    this.#connect();
  }

  /** Leaves the room in order. */
  close() {
    if (this.state === 'closed') return;
    this.#send({ type: 'leave', room: this.#room });
    this.#end('left');
  }

  /**
   * Sends to one member. Dropped while the hub cannot be reached: whoever negotiates starts again after the
   * next `joined`.
   * @param {string} to member id
   * @param {unknown} data
   */
  signal(to, data) {
    if (this.state === 'joined') this.#pacer.add(JSON.stringify({ type: 'signal', room: this.#room, to, data }));
  }

  /** Changes name or metadata, now and for every later join; null takes it away. */
  update(presence) {
    Object.assign(this.#presence, presence);
    if (this.state === 'joined') this.#send({ type: 'update', room: this.#room, ref: 'update', ...presence });
  }

  #connect() {
    const socket = new WebSocket(this.#url, SUBPROTOCOL);
    this.#socket = socket;
    this.#expectWithin(JOIN_DEADLINE_MILLIS);
    socket.onmessage = (event) => {
      if (socket === this.#socket) this.#receive(event.data);
    };
    socket.onclose = (event) => {
      if (socket === this.#socket) this.#lost(event);
    };
  }

  #receive(text) {
    clearTimeout(this.#deadlineTimer);
    this.#scheduleHeartbeat();
    const message = JSON.parse(text);
    switch (message.type) {
      case 'welcome':
        this.#welcomed(message);
        break;
      case 'ice-servers':
        this.#emit('ice-servers', message.iceServers);
        break;
      case 'joined':
        this.#attempt = 0;
        this.#joinedBefore = true;
        this.state = 'joined';
        this.#emit('joined', { id: message.id, members: message.members });
        this.#changeState({ state: 'joined' });
        break;
      case 'member-joined':
      case 'member-updated':
        this.#emit(message.type, message.member);
        break;
      case 'member-left':
        this.#emit('member-left', { id: message.id, reason: message.reason });
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
      default: // pong, and whatever a newer hub may say
    }
  }

  #welcomed(welcome) {
    this.#heartbeatMillis = (welcome.heartbeatSeconds ?? DEFAULT_HEARTBEAT_SECONDS) * 1000;
    const socket = this.#socket;
    this.#pacer = new Pacer(welcome.limits?.messagesPerSecond, (text) => socket.send(text));
    this.#emit('welcome', welcome);
    // A join says what is there; only an update can take something away.
    const there = Object.entries(this.#presence).filter(([, value]) => value !== null);
    this.#send({ type: 'join', room: this.#room, ref: 'join', ...Object.fromEntries(there) });
    this.#expectWithin(JOIN_DEADLINE_MILLIS);
  }

  #failed(error, ref) {
    if (ref === undefined) {
      // About a signal. That its member has just left is no news: it comes as a message of its own.
      if (error.code !== 'no-such-member')
        console.warn(`The hub refused a signal (${error.code}): ${error.message}`);
      return;
    }
    this.#emit('refused', error);
    if (ref !== 'join') return;
    if (this.#joinedBefore || error.code === 'slow-down') this.#drop();
    else this.#end(error.code);
  }

  #lost({ code, reason }) {
    clearTimeout(this.#heartbeatTimer);
    clearTimeout(this.#deadlineTimer);
    this.#pacer?.close();
    const hintMillis = hintMillisFrom(reason);
    if (hintMillis === 0 && (FINAL_CLOSE_CODES.has(code) || code >= 4000)) {
      this.#end(reason || String(code));
      return;
    }
    const delayMillis = Math.max(hintMillis, reconnectDelayMillis(this.#attempt++));
    this.#changeState({ state: 'reconnecting', retryMillis: delayMillis });
    this.#retryTimer = setTimeout(() => this.#connect(), delayMillis);
  }

  #retryNow() {
    if (this.state !== 'reconnecting' || this.#socket?.readyState === WebSocket.CONNECTING) return;
    clearTimeout(this.#retryTimer);
    this.#connect();
  }

  /** Asks for a sign of life when the hub was silent for a while: a dead network often closes no socket. */
  #scheduleHeartbeat() {
    clearTimeout(this.#heartbeatTimer);
    this.#heartbeatTimer = setTimeout(() => {
      this.#send({ type: 'ping' });
      this.#expectWithin(ANSWER_DEADLINE_MILLIS);
    }, this.#heartbeatMillis);
  }

  #expectWithin(millis) {
    clearTimeout(this.#deadlineTimer);
    this.#deadlineTimer = setTimeout(() => this.#drop(), millis);
  }

  /** Gives this connection up without waiting for the network to agree, and tries another. */
  #drop() {
    const socket = this.#socket;
    this.#socket = null;
    socket.close();
    this.#lost({ reason: '' });
  }

  #end(reason) {
    removeEventListener('online', this.#online);
    for (const timer of [this.#retryTimer, this.#heartbeatTimer, this.#deadlineTimer]) clearTimeout(timer);
    this.#pacer?.close();
    const socket = this.#socket;
    this.#socket = null;
    socket?.close(1000);
    this.#changeState({ state: 'closed', reason });
  }

  #send(message) {
    if (this.#socket?.readyState === WebSocket.OPEN) this.#socket.send(JSON.stringify(message));
  }

  #changeState(change) {
    this.state = change.state;
    this.#emit('state', change);
  }

  #emit(type, detail) {
    this.dispatchEvent(new CustomEvent(type, { detail }));
  }
}

/** The close reason says where coming back makes sense, and when: `going-away; reconnect-after=MILLIS`. */
function hintMillisFrom(reason) {
  const hint = /reconnect-after=(\d{1,6})/.exec(reason);
  return hint ? Number(hint[1]) : 0;
}
