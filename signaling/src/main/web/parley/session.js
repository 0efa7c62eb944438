/**
 * One session with the hub over the protocol parley.v1. It outlives its connection: after a loss it comes back and
 * goes on where it was, with nothing lost and nothing twice in either direction.
 */
import { reconnectDelayMillis } from './backoff.js';
import { Pacer } from './pacer.js';
import { Ways } from './ways.js';

const DEFAULT_HEARTBEAT_SECONDS = 25;
const ANSWER_DEADLINE_MILLIS = 10_000;
const WELCOME_DEADLINE_MILLIS = 15_000;

/** While HTTP carries the session, when a WebSocket is tried first; after that half as often each time. */
const FIRST_RETURN_MILLIS = 60_000;
const LONGEST_RETURN_MILLIS = 900_000;

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
 * message of the hub], `lost` [{retryMillis}], `closed` [{reason}: the hub does not want us back], `transport`
 * [{transport}: how messages go from now on], `wire` [{sent, message}: every message as it goes over the line].
 */
export class Session extends EventTarget {
  /** @type {'websocket' | 'events' | 'polling' | null} how messages go; null before the first */
  transport = null;
  #ways;
  #admission;
  #line = null;
  #returning = null;
  #returnMillis = FIRST_RETURN_MILLIS;
  #pacer = null;
  #messagesPerSecond;
  #token = null;
  #received = 0;
  #confirmed = 0;
  #sent = 0;
  #unacknowledged = [];
  #attempt = 0;
  #heartbeatMillis = DEFAULT_HEARTBEAT_SECONDS * 1000;
  #timers = { retry: 0, heartbeat: 0, deadline: 0, confirm: 0, return: 0 };
  #retrying = false;
  #online = () => this.#retryNow();

  /**
   * @param {string} url of the hub's WebSocket
   * @param {{token?: string, room?: string}} [admission] what to be let in with, and where to
   */
  constructor(url, admission = {}) {
    super();
    this.#ways = new Ways(url);
    this.#admission = admission;
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

  /** Sessions to come are begun with this token. */
  useToken(token) {
    this.#admission = { ...this.#admission, token };
  }

  /** Everything went well up to here: the next loss is the first again. */
  settle() {
    this.#attempt = 0;
  }

  /** Gives this connection up without waiting for the network to agree, and tries another. */
  drop() {
    this.#giveUp(false);
  }

  /** Ends the session in order. */
  close() {
    removeEventListener('online', this.#online);
    this.#stopTimers();
    this.#pacer?.close();
    const line = this.#line;
    this.#line = null;
    this.#token = null;
    line?.close(true);
  }

  #connect() {
    this.#retrying = false;
    this.#use(this.#ways.next());
  }

  #use(line) {
    this.#line = line;
    this.#expectWithin(WELCOME_DEADLINE_MILLIS);
    line.onopen = () => this.#introduce();
    line.onmessage = (message) => this.#receive(message);
    line.onclose = (event) => this.#lost(event);
    line.ontransport = () => this.#carriedBy(line.transport);
  }

  /** Tries to get back to a WebSocket while HTTP carries the session; nothing is lost by the change. */
  #return() {
    const line = this.#ways.webSocket();
    this.#returning = line;
    line.onclose = () => this.#returnLater();
    line.onopen = () => {
      const former = this.#line;
      this.#returning = null;
      this.#stopTimers();
      this.#pacer?.close();
      this.#pacer = null;
      this.#use(this.#ways.take(line));
      former.close(false);
      this.#introduce();
    };
  }

  #returnLater() {
    this.#stopReturning();
    this.#timers.return = setTimeout(() => this.#return(), this.#returnMillis);
    this.#returnMillis = Math.min(2 * this.#returnMillis, LONGEST_RETURN_MILLIS);
  }

  #stopReturning() {
    clearTimeout(this.#timers.return);
    this.#timers.return = 0;
    this.#returning?.close(false);
    this.#returning = null;
  }

  #carriedBy(transport) {
    if (transport !== 'websocket' && this.#timers.return === 0) this.#returnLater();
    if (transport === this.transport) return;
    this.transport = transport;
    this.#emit('transport', { transport });
  }

  #introduce() {
    if (this.#token) this.#say({ type: 'resume', token: this.#token, received: this.#received });
    else this.#say({ type: 'hello', ...this.#admission });
  }

  #receive(message) {
    this.#emit('wire', { sent: false, message });
    clearTimeout(this.#timers.deadline);
    this.#scheduleHeartbeat();
    this.#ways.worked();
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
    const line = this.#line;
    this.#pacer?.close();
    this.#pacer = new Pacer(this.#messagesPerSecond, (text) => this.#put(line, text));
    this.#carriedBy(line.transport);
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

  #giveUp(silent) {
    const line = this.#line;
    this.#line = null;
    line?.close(false);
    this.#lost({ reason: '' }, silent);
  }

  #lost({ code, reason }, silent = false) {
    this.#ways.lost(silent);
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
    this.#timers.deadline = setTimeout(() => this.#giveUp(true), millis);
  }

  #stopTimers() {
    this.#stopReturning();
    for (const timer of Object.values(this.#timers)) clearTimeout(timer);
    this.#timers.confirm = 0;
  }

  #say(message) {
    if (this.#line) this.#put(this.#line, JSON.stringify(message));
  }

  #put(line, text) {
    line.send(text);
    this.#emit('wire', { sent: true, message: JSON.parse(text) });
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
