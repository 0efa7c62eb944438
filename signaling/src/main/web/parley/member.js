/** Another member of the room, and the connection to it. */
import { FileDesk } from './file-desk.js';
import { IncomingMedia } from './incoming-media.js';
import { Link } from './link.js';
import { pathFromStats } from './path.js';

/** A member whom the hub lost, and whose own connection is interrupted too, gets this long to come back. */
const ABSENCE_GRACE_MILLIS = 10_000;

/**
 * Events: `change` (name, metadata, state, presence or path), `message` [data], `channel` [RTCDataChannel],
 * `track` [RTCTrackEvent], `stream` and `streamend` [MediaStream],
 * `offer` [FileTransfer that waits for an answer], `transfer` [any new FileTransfer], `gone` (for the room).
 */
export class Member extends EventTarget {
  /** @type {string} public id; another one after the member had to join again */
  id;
  /** @type {'host' | 'member' | 'listener'} */
  role = 'member';
  /** @type {string} */
  name = '';
  /** @type {Record<string, unknown>} */
  metadata = {};
  /** Whether the hub has it in the room; a connection that works outlives a lost hub. */
  present = true;
  /** @type {import('./path.js').Path | null} */
  path = null;
  #link = null;
  #desk;
  #absenceTimer = 0;
  #media = new IncomingMedia(
    (stream) => this.#emit('stream', stream),
    (stream) => this.#emit('streamend', stream),
  );

  /** @param {import('./signaling.js').MemberRecord} record */
  constructor(record) {
    super();
    this.id = record.id;
    this.#desk = new FileDesk(this);
    this.describe(record);
  }

  /** @returns {'connecting' | 'connected' | 'interrupted' | 'closed'} */
  get state() {
    return this.#link?.state ?? 'connecting';
  }

  /** @returns {RTCPeerConnection | null} null until the connection begins */
  get connection() {
    return this.#link?.connection ?? null;
  }

  get link() {
    return this.#link;
  }

  /**
   * @returns {Iterable<import('./file-transfer.js').FileTransfer>} offered, running and finished ones, oldest
   * first
   */
  get transfers() {
    return this.#desk.transfers;
  }

  /** @returns {MediaStream[]} what this member sends of sound and picture */
  get streams() {
    return this.#media.streams;
  }

  /**
   * Sends data to this member only; it arrives there as `message`.
   * @param {unknown} data anything JSON can hold
   * @returns {boolean} false while there is no connection
   */
  send(data) {
    return this.sendControl({ type: 'message', data });
  }

  /**
   * Opens a data channel of the application; the other side gets it as `channel`.
   * @param {string} label must not begin with `parley`
   * @param {RTCDataChannelInit} [options]
   * @returns {RTCDataChannel}
   */
  openChannel(label, options) {
    if (!this.#link) throw new DOMException('There is no connection to this member yet.', 'InvalidStateError');
    return this.#link.connection.createDataChannel(label, options);
  }

  /**
   * Offers files to this member.
   * @param {Iterable<File>} files
   * @returns {import('./file-transfer.js').FileTransfer} waiting for the other side's answer
   */
  sendFiles(files) {
    return this.#desk.offer(files);
  }

  // From here on: for the room and the file desk.

  /** Whether there is a connection worth going on with after the hub was lost. */
  get kept() {
    return this.state === 'connected' || this.state === 'interrupted';
  }

  sendControl(message) {
    return this.#link?.sendControl(message) ?? false;
  }

  describe({ id, role, name, metadata }) {
    this.id = id;
    this.role = role;
    this.name = name ?? '';
    this.metadata = metadata ?? {};
    this.present = true;
    this.#watchAbsence();
    this.#changed();
  }

  /** The hub lost it; a working connection is kept. */
  markAbsent() {
    this.present = false;
    this.#watchAbsence();
    this.#changed();
  }

  /** Begins a connection, in place of the one there may be. */
  connect(options) {
    this.#link?.close();
    this.path = null;
    const link = new Link(options);
    this.#link = link;
    const forward = (type, act) =>
      link.addEventListener(type, (event) => link === this.#link && act(event.detail));
    forward('state', () => this.#linkChanged());
    forward('control', (message) => this.#receiveControl(message));
    forward('control-open', () => this.#controlOpened());
    forward('control-closed', () => link.close());
    forward('track', (event) => this.#tracked(event));
    forward('channel', (channel) => this.#desk.takeChannel(channel) || this.#emit('channel', channel));
    this.#changed();
  }

  /** Ends the connection for good. */
  close() {
    clearTimeout(this.#absenceTimer);
    this.#link?.close();
    this.#desk.memberGone();
  }

  /** Fresh credentials: a path by this side's relay is found anew, any other is left alone. */
  renewRelay() {
    if (this.path?.localType === 'relay') this.#link?.renewRelay();
  }

  /** Looks which way the packets go now. */
  async refreshPath() {
    const link = this.#link;
    if (link?.state !== 'connected') return;
    const path = pathFromStats(await link.connection.getStats());
    if (link !== this.#link || link.state !== 'connected' || !path) return;
    const before = JSON.stringify(this.path);
    this.path = path;
    if (JSON.stringify(path) !== before) this.#changed();
  }

  #linkChanged() {
    if (this.#link.state === 'closed') this.#connectionLost();
    if (this.#link.state !== 'connected') this.path = null;
    this.#watchAbsence();
    this.#changed();
    this.refreshPath();
  }

  #controlOpened() {
    this.#changed();
    this.#desk.connectionRestored();
  }

  #connectionLost() {
    this.#desk.connectionLost();
    this.#media.clear();
  }

  #tracked(event) {
    this.#emit('track', event);
    this.#media.take(event);
  }

  #watchAbsence() {
    clearTimeout(this.#absenceTimer);
    if (this.present || this.state === 'connected') return;
    const graceMillis = this.state === 'closed' ? 0 : ABSENCE_GRACE_MILLIS;
    this.#absenceTimer = setTimeout(() => this.#emit('gone'), graceMillis);
  }

  #receiveControl(message) {
    if (message.type === 'message') this.#emit('message', message.data);
    else this.#desk.receive(message);
  }

  #changed() {
    this.#emit('change');
  }

  #emit(type, detail) {
    this.dispatchEvent(new CustomEvent(type, { detail }));
  }
}
