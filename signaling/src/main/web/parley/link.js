/**
 * One RTCPeerConnection to one member, negotiated so that both sides may change it at any time ("perfect
 * negotiation",
 * W3C WebRTC section 10.7).
 */

/**
 * Candidates found within this time travel in one message; not more at once than the hub's JSON limits let
 * through.
 */
const CANDIDATE_BATCH_MILLIS = 40;
const CANDIDATES_PER_SIGNAL = 12;

/** A path that was interrupted may come back by itself; after this time it is looked for anew. */
const INTERRUPTION_GRACE_MILLIS = 4_000;
const LONGEST_RESTART_DELAY_MILLIS = 30_000;

/** Both sides create this channel with the same number, so it needs no handshake of its own. */
const CONTROL_CHANNEL_ID = 0;

/**
 * Events: `state` (see `state`), `control` [parsed message of the other side], `control-open`,
 * `control-closed`, `track` [RTCTrackEvent],
 * `channel` [RTCDataChannel].
 */
export class Link extends EventTarget {
  /** @type {'connecting' | 'connected' | 'interrupted' | 'closed'} */
  state = 'connecting';
  #connection;
  #control = null;
  #tracks;
  #session;
  #polite;
  #sendSignal;
  #makingOffer = false;
  #ignoringOffer = false;
  #settingAnswer = false;
  #candidates = [];
  #batchTimer = 0;
  #restartTimer = 0;
  #restarts = 0;
  #wasConnected = false;

  /**
   * @param {object} options
   * @param {string} options.session names this connection on both sides, so that signals of an earlier one are
   *     not mixed in
   * @param {number} options.generation how many connections to this member there were with it; counts on with each
   * @param {boolean} options.polite whether this side gives way when both offer at once
   * @param {boolean} options.initiator whether this side makes the first offer; the other waits for it
   * @param {RTCConfiguration} options.configuration
   * @param {() => Iterable<{track: MediaStreamTrack, streams: MediaStream[]}>} options.tracks what to send from
   *     the start
   * @param {(signal: object) => void} options.sendSignal
   */
  constructor({ session, generation, polite, initiator, configuration, tracks, sendSignal }) {
    super();
    this.#session = session;
    this.generation = generation;
    this.#polite = polite;
    this.#sendSignal = sendSignal;
    this.#connection = new RTCPeerConnection(configuration);
    this.#listen(this.#connection);
    this.#tracks = tracks;
    // The side that waits opens its end when the offer is there; doing it now would make an offer of its own.
    if (initiator) this.#begin();
  }

  /** The connection itself, for tracks, statistics and channels of the application. */
  get connection() {
    return this.#connection;
  }

  get session() {
    return this.#session;
  }

  /**
   * Takes a signal of the other side.
   * @param {{description?: RTCSessionDescriptionInit, candidates?: RTCIceCandidateInit[]}} signal
   */
  async receive({ description, candidates }) {
    if (this.state === 'closed') return;
    try {
      if (description) await this.#receiveDescription(description);
      for (const candidate of candidates ?? []) await this.#receiveCandidate(candidate);
    } catch (error) {
      if (this.state !== 'closed') console.warn('A signal of the other side could not be used:', error);
    }
  }

  get controlOpen() {
    return this.#control?.readyState === 'open';
  }

  /** @returns {boolean} whether it could be sent */
  sendControl(message) {
    if (!this.controlOpen) return false;
    this.#control.send(JSON.stringify(message));
    return true;
  }

  /** Has fresh ICE servers ready for the next search for a path. */
  configure(configuration) {
    if (this.state !== 'closed') this.#connection.setConfiguration(configuration);
  }

  /**
   * Says again what may have been lost with the connection to the hub.
   * @param {boolean} relayLost the hub ended the relay of this side with it, so another path is needed
   */
  resume(relayLost) {
    if (this.#connection.signalingState === 'have-local-offer') this.#sendDescription();
    else if (relayLost || this.state === 'interrupted') this.#connection.restartIce();
  }

  /** The credentials of the relay are fresh, and a path that goes by it is found anew with them. */
  renewRelay() {
    if (this.state === 'connected') this.#connection.restartIce();
  }

  /** Before the connection has begun nothing is to do: it begins with all tracks there are then. */
  addTrack(track, streams) {
    if (this.#control && this.state !== 'closed') this.#connection.addTrack(track, ...streams);
  }

  removeTrack(track) {
    const sender = this.#senderOf(track);
    if (sender) this.#connection.removeTrack(sender);
  }

  async replaceTrack(track, other) {
    await this.#senderOf(track)?.replaceTrack(other);
  }

  close() {
    if (this.state === 'closed') return;
    clearTimeout(this.#batchTimer);
    clearTimeout(this.#restartTimer);
    this.#connection.close();
    this.#changeState('closed');
  }

  #senderOf(track) {
    if (this.state === 'closed') return undefined;
    return this.#connection.getSenders().find((sender) => sender.track === track);
  }

  #listen(connection) {
    connection.onnegotiationneeded = () => this.#offer();
    connection.onicecandidate = ({ candidate }) => candidate && this.#batchCandidate(candidate);
    connection.onconnectionstatechange = () => this.#connectionChanged();
    connection.ontrack = (event) => this.dispatchEvent(new CustomEvent('track', { detail: event }));
    connection.ondatachannel = ({ channel }) =>
      this.dispatchEvent(new CustomEvent('channel', { detail: channel }));
  }

  #begin() {
    if (this.#control) return;
    const control = this.#connection.createDataChannel('parley', { negotiated: true, id: CONTROL_CHANNEL_ID });
    this.#control = control;
    control.onopen = () => this.dispatchEvent(new CustomEvent('control-open'));
    control.onclose = () => this.dispatchEvent(new CustomEvent('control-closed'));
    control.onmessage = ({ data }) => this.#receiveControl(data);
    for (const { track, streams } of this.#tracks()) this.#connection.addTrack(track, ...streams);
  }

  #receiveControl(data) {
    let message;
    try {
      message = JSON.parse(data);
    } catch {
      return; // not from our library, so nothing we could answer
    }
    if (message && typeof message === 'object')
      this.dispatchEvent(new CustomEvent('control', { detail: message }));
  }

  async #offer() {
    try {
      this.#makingOffer = true;
      await this.#connection.setLocalDescription();
      this.#sendDescription();
    } catch (error) {
      if (this.state !== 'closed') console.warn('No offer could be made:', error);
    } finally {
      this.#makingOffer = false;
    }
  }

  async #receiveDescription(description) {
    const connection = this.#connection;
    const ready = !this.#makingOffer && (connection.signalingState === 'stable' || this.#settingAnswer);
    const collision = description.type === 'offer' && !ready;
    this.#ignoringOffer = !this.#polite && collision;
    if (this.#ignoringOffer) return;
    this.#settingAnswer = description.type === 'answer';
    try {
      await connection.setRemoteDescription(description);
    } finally {
      this.#settingAnswer = false;
    }
    if (description.type !== 'offer') return;
    this.#begin();
    await connection.setLocalDescription();
    this.#sendDescription();
  }

  async #receiveCandidate(candidate) {
    try {
      await this.#connection.addIceCandidate(candidate);
    } catch (error) {
      if (!this.#ignoringOffer) throw error;
    }
  }

  #sendDescription() {
    const { type, sdp } = this.#connection.localDescription;
    this.#sendSignal({ session: this.#session, generation: this.generation, description: { type, sdp } });
  }

  #batchCandidate(candidate) {
    this.#candidates.push(candidate.toJSON());
    if (this.#candidates.length > 1) return;
    this.#batchTimer = setTimeout(() => {
      while (this.#candidates.length > 0) {
        const candidates = this.#candidates.splice(0, CANDIDATES_PER_SIGNAL);
        this.#sendSignal({ session: this.#session, candidates });
      }
    }, CANDIDATE_BATCH_MILLIS);
  }

  #connectionChanged() {
    clearTimeout(this.#restartTimer);
    switch (this.#connection.connectionState) {
      case 'connected':
        this.#restarts = 0;
        this.#wasConnected = true;
        this.#changeState('connected');
        break;
      case 'disconnected':
        this.#changeState(this.#wasConnected ? 'interrupted' : 'connecting');
        this.#restartAfter(INTERRUPTION_GRACE_MILLIS);
        break;
      case 'failed':
        this.#changeState(this.#wasConnected ? 'interrupted' : 'connecting');
        this.#restartAfter(Math.min(LONGEST_RESTART_DELAY_MILLIS, 1000 * 2 ** this.#restarts++));
        break;
      case 'closed':
        this.close();
        break;
      default: // new, connecting: a restart is under way, the state stays
    }
  }

  /** One side is enough to restart, and the impolite one always can. */
  #restartAfter(millis) {
    if (!this.#polite) this.#restartTimer = setTimeout(() => this.#connection.restartIce(), millis);
  }

  #changeState(state) {
    if (this.state === state) return;
    this.state = state;
    this.dispatchEvent(new CustomEvent('state'));
  }
}
