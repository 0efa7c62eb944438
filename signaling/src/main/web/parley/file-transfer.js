/** What both ends of a file transfer share: its files, its state, its progress. */
import { Speedometer } from './speed.js';

const PROGRESS_INTERVAL_MILLIS = 250;
const CLOSE_GRACE_MILLIS = 1_000;

/** With a new connection, how long the other side has to go on with what the old one broke off. */
const CONTINUE_MILLIS = 15_000;

/**
 * Bytes that are read, hashed and stored together. Large enough to be fast, small enough that a slow disk
 * shows at once.
 */
export const BLOCK_BYTES = 1024 * 1024;

/**
 * What may be on its way without the receiver having stored it, so that neither side piles up what the other
 * cannot take.
 */
export const WINDOW_BYTES = 16 * BLOCK_BYTES;

/** Why the other side may say that it failed. */
const REASONS_OF_OTHERS = ['unreadable', 'storage', 'corrupt', 'connection-lost'];

/** Data channels of transfers begin with this; the transfer's id follows. */
export const CHANNEL_PREFIX = 'parley-file:';

/** One file of a transfer. */
export class TransferFile {
  /** Bytes sent or received so far. */
  bytes = 0;
  /** @type {string | null} 64 hexadecimal digits when it is complete */
  sha256 = null;
  /** Whether both sides computed the same hash. */
  verified = false;
  /** @type {Blob | null} the content, on the receiving side when it is verified and was not written elsewhere */
  blob = null;

  /** @param {import('./file-offer.js').OfferedFile} description */
  constructor({ name, size, type }) {
    this.name = name;
    this.size = size;
    this.type = type;
  }
}

/**
 * Some files on their way from one member to another. Events: `change` (state), `progress` (a few times a
 * second while active).
 */
export class FileTransfer extends EventTarget {
  /** @type {'offered' | 'active' | 'interrupted' | 'done' | 'declined' | 'cancelled' | 'failed'} */
  state = 'offered';
  /** @type {'connection-lost' | 'unreadable' | 'storage' | 'corrupt' | 'protocol' | null} why it failed */
  reason = null;
  /** @type {'us' | 'them' | null} which side ended it */
  endedBy = null;
  /** @type {TransferFile[]} */
  files;
  #speedometer = new Speedometer();
  #timer = 0;
  #patience = 0;

  /**
   * @param {object} options
   * @param {string} options.id
   * @param {'send' | 'receive'} options.direction
   * @param {import('./member.js').Member} options.member the other side
   * @param {import('./file-offer.js').OfferedFile[]} options.files
   */
  constructor({ id, direction, member, files }) {
    super();
    this.id = id;
    this.direction = direction;
    this.member = member;
    this.files = files.map((file) => new TransferFile(file));
    this.size = files.reduce((sum, file) => sum + file.size, 0);
  }

  /** Bytes sent or received so far, of all files. */
  get bytes() {
    return this.files.reduce((sum, file) => sum + file.bytes, 0);
  }

  /** Average of the last seconds. */
  get bytesPerSecond() {
    return this.state === 'active' ? this.#speedometer.bytesPerSecond : 0;
  }

  /** @returns {number | null} null while nobody can tell */
  get remainingSeconds() {
    return this.state === 'active' ? this.#speedometer.remainingSeconds(this.size - this.bytes) : null;
  }

  /** Whether it neither waits nor runs any more. */
  get ended() {
    return !['offered', 'active', 'interrupted'].includes(this.state);
  }

  /** Stops it on both sides; an offer is withdrawn or declined. */
  cancel() {
    this.stop('cancelled', 'us');
  }

  // From here on: for the two kinds of transfer and the file desk.

  /** The connection is gone, and what was on its way with it; with the next one it goes on. */
  connectionLost() {
    if (this.state === 'active') this.enter('interrupted');
  }

  /** There will be no other connection to this member. */
  memberGone() {
    this.stop('failed', null, 'connection-lost');
  }

  /** There is a new connection; if the other side does not go on either, it is over. */
  awaitContinuation() {
    clearTimeout(this.#patience);
    this.#patience = setTimeout(() => this.state === 'interrupted' && this.memberGone(), CONTINUE_MILLIS);
  }

  /**
   * Why it was closed comes by another channel, and may come later.
   * @param {() => boolean} current whether the channel was not replaced by then
   */
  channelClosed(current) {
    const closed = () => this.state === 'active' && current() && this.memberGone();
    setTimeout(closed, CLOSE_GRACE_MILLIS);
  }

  /** The other side stopped it. */
  stoppedByOther(reason) {
    if (reason === 'cancelled') this.stop('cancelled', 'them');
    else this.stop('failed', 'them', REASONS_OF_OTHERS.includes(reason) ? reason : 'protocol');
  }

  /** Ends it here, and tells the other side if it was this side's doing. */
  stop(state, endedBy, reason = null) {
    if (this.ended) return;
    if (endedBy === 'us') {
      const role = this.direction === 'send' ? 'sender' : 'receiver';
      this.tell('cancel', { role, reason: reason ?? 'cancelled' });
    }
    this.enter(state, endedBy, reason);
  }

  tell(what, details = {}) {
    this.member.sendControl({ type: `file-${what}`, transfer: this.id, ...details });
  }

  enter(state, endedBy = null, reason = null) {
    this.state = state;
    this.endedBy = endedBy;
    this.reason = reason;
    clearInterval(this.#timer);
    if (state !== 'interrupted') clearTimeout(this.#patience);
    if (state === 'active') this.#speedometer = new Speedometer();
    if (state === 'active') this.#timer = setInterval(() => this.#progress(), PROGRESS_INTERVAL_MILLIS);
    if (state === 'active') this.#progress();
    this.dispatchEvent(new CustomEvent('change'));
  }

  #progress() {
    this.#speedometer.note(this.bytes, performance.now());
    this.dispatchEvent(new CustomEvent('progress'));
  }
}
