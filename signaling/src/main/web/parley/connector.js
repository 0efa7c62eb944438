/** Begins the connections to the other members, with the servers, the policy and the media of this member. */
import { Credentials } from './credentials.js';
import { OutgoingMedia } from './outgoing-media.js';
import { randomText } from './random.js';

/** Five bits each; whoever knows a session's name could pass for one of its two ends. */
const SESSION_CHARACTERS = 26;

export class Connector {
  /** @type {Credentials} of the relay, from the hub */
  credentials = new Credentials();
  media;
  #wantedPolicy;
  #relayOnly = false;
  #members;
  #configuredServers;
  #ownId;
  #signal;

  /**
   * @param {object} options
   * @param {Map<string, import('./member.js').Member>} options.members of the room
   * @param {RTCIceServer[]} [options.iceServers] in place of those of the hub
   * @param {RTCIceTransportPolicy} [options.iceTransportPolicy]
   * @param {() => string} options.ownId
   * @param {(to: string, signal: object) => void} options.signal
   */
  constructor({ members, iceServers, iceTransportPolicy, ownId, signal }) {
    this.#members = members;
    this.#configuredServers = iceServers ?? null;
    this.#wantedPolicy = iceTransportPolicy ?? 'all';
    this.#ownId = ownId;
    this.#signal = signal;
    this.media = new OutgoingMedia(members);
  }

  get iceServers() {
    return this.#configuredServers ?? this.credentials.iceServers;
  }

  /**
   * Connections that run keep what they have; the next one, and the next search for a path, uses the fresh
   * credentials. Where the hub renewed them in time, what goes by the relay changes over to them, and only that.
   */
  renew(message) {
    const former = this.credentials;
    this.credentials = new Credentials(message);
    this.#members.forEach((member) => member.link?.configure(this.#configuration()));
    const restart = message.pushed && !this.#configuredServers && this.credentials.differFrom(former);
    if (restart) this.#members.forEach((member) => member.renewRelay());
  }

  /** @returns {RTCIceTransportPolicy} what this member wants, unless the room wants everything relayed */
  get policy() {
    return this.#relayOnly ? 'relay' : this.#wantedPolicy;
  }

  /** Makes all connections anew, if that is another policy. */
  setPolicy(policy) {
    this.#change(() => (this.#wantedPolicy = policy));
  }

  /** As the room wants it, likewise. */
  setRelayOnly(relayOnly) {
    this.#change(() => (this.#relayOnly = relayOnly));
  }

  #change(act) {
    const former = this.policy;
    act();
    if (this.policy === former) return;
    for (const member of this.#members.values()) if (member.link) this.connect(member);
  }

  /** @param {{session: string, generation: number}} [offered] what the other side began; without it we begin */
  connect(member, offered) {
    member.connect({
      session: offered?.session ?? randomText(SESSION_CHARACTERS),
      generation: offered?.generation ?? (member.link?.generation ?? 0) + 1,
      initiator: offered === undefined,
      polite: this.#ownId() < member.id,
      configuration: this.#configuration(),
      tracks: () => this.media.tracks,
      sendSignal: (signal) => this.#signal(member.id, signal),
    });
  }

  /**
   * Whether an offer of the member begins a connection in the place of ours: the one begun later is the one that
   * counts; of two begun at once, that of the impolite side.
   */
  replaces(member, { session, generation }) {
    if (member.link?.session === session) return false;
    const ours = member.link?.generation ?? 0;
    const first = this.#ownId() < member.id;
    return Number.isSafeInteger(generation) && (generation > ours || (generation === ours && first));
  }

  #configuration() {
    return { iceServers: this.iceServers, iceTransportPolicy: this.policy };
  }
}
