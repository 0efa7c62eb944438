/**
 * One session with the hub over the protocol parley.v1. It outlives its connection: after a loss it comes back and
 * goes on where it was, with nothing lost and nothing twice in either direction.
 */
import { reconnectDelayMillis } from './backoff.js';
import { Pacer } from './pacer.js';

const SUBPROTOCOL = 'parley.v1';
const DEFAULT_HEARTBEAT_SECONDS = 25;
const ANSWER_DEADLINE_MILLIS = 10_000;
const WELCOME_DEADLINE_MILLIS = 15_000;

/** Messages of the hub after which it is told that they came, and how long fewer may stay unconfirmed. */
const UNCONFIRMED_MAX = 32;
const CONFIRM_MILLIS = 2_000;

/** Our own messages that may wait for the hub; beyond that the session is not worth resuming. */
const UNACKNOWLEDGED_MAX = 512;

/** Closed by the hub for what this client did; with no hint to come back, doing it again would end the same way. */
const FINAL_CLOSE_CODES = new Set([1002, 1003, 1007, 1008, 1009]);

const NO_SUCH_SESSION = 'no-such-session';

/**
 * Events (`CustomEvent`, `detail` in brackets): `welcome` [the message; a new session, nothing is left of an earlier
 * one], `resumed` [the message; the same session, and nothing is missing unless it says lost], `message` [any other
 * message of the hub], `lost` [{retryMillis}], `closed` [{reason}: the hub does not want us back].
 */
export class Session extends EventTarget {
  #url;
  #socket = null;
  #pacer = null;
  #messagesPerSecond;
  #token = null;
  #received = 0;
  #confirmed = 0;
  #sent = 0;
  #unacknowledged = [];
  #attempt = 0;
  #heartbeatMillis = DEFAULT_HEARTBEAT_SECONDS * 1000;
  #timers = { retry: 0, heartbeat: 0, deadline: 0, confirm: 0 };
  #retrying = false;
  #online = () => this.#retryNow();

  /** @param {string} url of the hub's WebSocket */
  constructor(url) {
    super();
    this.#url = url;
  }

  open() {
    addEventListener('online', this.#online);
    this.#connect();
  }

  /** Sends a message; while the hub cannot be reached it waits, as long as the session can be resumed. */
  send(message) {
    if (!this.#token) return;
    const text = JSON.stringify({ ...message, seq: ++this.#sent });
    this.#unacknowledged.push({ seq: this.#sent, text });
    if (this.#unacknowledged.length > UNACKNOWLEDGED_MAX) this.#startAnew();
    else this.#pacer?.add(text);
  }

  /** Everything went well up to here: the next loss is the first again. */
  settle() {
    this.#attempt = 0;
  }

  /** Gives this connection up without waiting for the network to agree, and tries another. */
  drop() {
    const socket = this.#socket;
    this.#socket = null;
    socket?.close();
    this.#lost({ reason: '' });
  }

  /** Ends the session in order. */
  close() {
    removeEventListener('online', this.#online);
    this.#stopTimers();
    this.#pacer?.close();
    const socket = this.#socket;
    this.#socket = null;
    this.#token = null;
    socket?.close(1000);
  }

  #connect() {
    this.#retrying = false;
    const socket = new WebSocket(this.#url, SUBPROTOCOL);
    this.#socket = socket;
    this.#expectWithin(WELCOME_DEADLINE_MILLIS);
    socket.onopen = () => this.#introduce();
    socket.onmessage = (event) => {
      if (socket === this.#socket) this.#receive(JSON.parse(event.data));
    };
    socket.onclose = (event) => {
      if (socket === this.#socket) this.#lost(event);
    };
  }

  #introduce() {
    if (this.#token) this.#say({ type: 'resume', token: this.#token, received: this.#received });
    else this.#say({ type: 'hello' });
  }

  #receive(message) {
    clearTimeout(this.#timers.deadline);
    this.#scheduleHeartbeat();
    if (message.seq !== undefined) this.#number(message.seq);
    if (message.ack !== undefined) this.#acknowledged(message.ack);
    if (message.type === 'welcome') this.#welcomed(message);
    else if (message.type === 'resumed') this.#resumed(message);
    else if (message.type === 'error' && message.code === NO_SUCH_SESSION) this.#startAnew();
    else this.#emit('message', message);
  }

  #welcomed(welcome) {
    this.#token = welcome.resumeToken;
    this.#received = this.#confirmed = this.#sent = 0;
    this.#unacknowledged = [];
    this.#heartbeatMillis = (welcome.heartbeatSeconds ?? DEFAULT_HEARTBEAT_SECONDS) * 1000;
    this.#messagesPerSecond = welcome.limits?.messagesPerSecond;
    this.#beginSending();
    this.#emit('welcome', welcome);
  }

  #resumed(resumed) {
    this.#token = resumed.resumeToken;
    this.#received = this.#confirmed = resumed.after;
    this.#attempt = 0;
    this.#beginSending();
    for (const { text } of this.#unacknowledged) this.#pacer.add(text);
    this.#emit('resumed', resumed);
  }

  #beginSending() {
    const socket = this.#socket;
    this.#pacer?.close();
    this.#pacer = new Pacer(this.#messagesPerSecond, (text) => socket.send(text));
  }

  #acknowledged(seq) {
    this.#unacknowledged = this.#unacknowledged.filter((message) => message.seq > seq);
  }

  #number(seq) {
    this.#received = seq;
    if (seq - this.#confirmed >= UNCONFIRMED_MAX) this.#confirm();
    else this.#timers.confirm ||= setTimeout(() => this.#confirm(), CONFIRM_MILLIS);
  }

  #confirm() {
    clearTimeout(this.#timers.confirm);
    this.#timers.confirm = 0;
    this.#confirmed = this.#received;
    this.#say({ type: 'ack', ack: this.#received });
  }

  /** The hub knows nothing of our session any more, or there is too much to make up for. */
  #startAnew() {
    const waiting = this.#token !== null && this.#pacer !== null;
    this.#token = null;
    if (waiting) this.drop();
    else this.#introduce();
  }

  #lost({ code, reason }) {
    this.#stopTimers();
    this.#pacer?.close();
    this.#pacer = null;
    const hintMillis = hintMillisFrom(reason);
    if (hintMillis === 0 && (FINAL_CLOSE_CODES.has(code) || code >= 4000)) {
      this.close();
      this.#emit('closed', { reason: reason || String(code) });
      return;
    }
    const retryMillis = Math.max(hintMillis, reconnectDelayMillis(this.#attempt++));
    this.#retrying = true;
    this.#timers.retry = setTimeout(() => this.#connect(), retryMillis);
    this.#emit('lost', { retryMillis });
  }

  #retryNow() {
    if (!this.#retrying) return;
    clearTimeout(this.#timers.retry);
    this.#connect();
  }

  /** Asks for a sign of life when the hub was silent for a while: a dead network often closes no socket. */
  #scheduleHeartbeat() {
    clearTimeout(this.#timers.heartbeat);
    this.#timers.heartbeat = setTimeout(() => {
      this.#say({ type: 'ping', ack: this.#received });
      this.#expectWithin(ANSWER_DEADLINE_MILLIS);
    }, this.#heartbeatMillis);
  }

  #expectWithin(millis) {
    clearTimeout(this.#timers.deadline);
    this.#timers.deadline = setTimeout(() => this.drop(), millis);
  }

  #stopTimers() {
    for (const timer of Object.values(this.#timers)) clearTimeout(timer);
    this.#timers.confirm = 0;
  }

  #say(message) {
    if (this.#socket?.readyState === WebSocket.OPEN) this.#socket.send(JSON.stringify(message));
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
