/** The room as this member sees it: who is here, and one connection to each. */
import { Connector } from './connector.js';
import { hubUrl } from './hub-url.js';
import { Member } from './member.js';
import { Reunion } from './reunion.js';
import { Signaling } from './signaling.js';

const RENEWAL_MILLIS = 2_000;
const PATH_INTERVAL_MILLIS = 2_000;

/**
 * Who joins makes the offers; who is already there waits for them. After the hub was lost everybody joins
 * again under a new id,
 * but a connection that still works is kept: each side proves to the other that it is one end of it.
 *
 * Events (`CustomEvent`, `detail` in brackets): `statechange` [{state, retryMillis?, reason?}], `waiting` [null: a
 * host has to let this member in], `knock` [Knock: for hosts, somebody waits], `knockended` [{knock, reason}],
 * `memberjoin`, `memberchange`, `memberleave` [Member], `rolechange` [this member's own new role], `roomchange`
 * [settings],
 * `valuechange` [{key, value, by}], `message` [{member, data}], `channel` [{member, channel}], `track`
 * [{member, event}], `stream` and `streamend` [{member, stream}], `offer` [FileTransfer that waits for an answer],
 * `transfer` [any new FileTransfer],
 * `error` [ParleyError], `tokenexpiring` [{expiresInSeconds}: time to call `refreshToken`], `credentialschange`
 * [Credentials], `resumed` [the session went on after a loss], `wire` [{sent, message}, as it goes over the line].
 */
export class Room extends EventTarget {
  /** @type {string} */
  room;
  /** @type {string | null} this member's own public id, null until the first join */
  id = null;
  /** @type {Map<string, Member>} the others by id */
  members = new Map();
  /** @type {Record<string, number>} limits of the hub */
  limits = {};
  /** @type {'host' | 'member' | 'listener' | null} what this member may do; null until the first join */
  role = null;
  /** @type {Map<string, {id: string, name?: string, metadata?: object}>} for hosts: who waits to be let in */
  knocks = new Map();
  /** @type {import('../parley.js').RoomSettings | null} */
  settings = null;
  /** @type {Map<string, unknown>} what the room keeps */
  values = new Map();
  #signaling;
  #formerIds = new Set();
  #connector;
  #reunion;
  #pathTimer;
  #pageHidden = () => this.leave();

  /** @param {import('../parley.js').JoinOptions} options */
  constructor(options) {
    super();
    this.room = options.room;
    this.#signaling = new Signaling({ ...options, url: hubUrl(options.url) });
    this.#connector = new Connector({
      members: this.members,
      iceServers: options.iceServers,
      iceTransportPolicy: options.iceTransportPolicy,
      ownId: () => this.id,
      signal: (to, signal) => this.#signaling.signal(to, signal),
    });
    this.#reunion = new Reunion({
      members: this.members,
      signal: (to, data) => this.#signaling.signal(to, data),
      begin: (record) => this.#begin(record),
      admit: (record) => this.#admit(record, false),
      takeBack: (member, id, record) => this.#takeBack(member, id, record),
    });
    this.#listen();
  }

  /** @returns {'connecting' | 'waiting' | 'joined' | 'reconnecting' | 'closed'} */
  get state() {
    return this.#signaling.state;
  }

  /** @returns {'websocket' | 'events' | 'polling' | null} how this member talks with the hub; null before it does */
  get transport() {
    return this.#signaling.transport;
  }

  /** @returns {RTCIceTransportPolicy} */
  get iceTransportPolicy() {
    return this.#connector.policy;
  }

  /** @returns {RTCIceServer[]} what connections that begin now use */
  get iceServers() {
    return this.#connector.iceServers;
  }

  /** @returns {import('./credentials.js').Credentials} of the relay, from the hub */
  get credentials() {
    return this.#connector.credentials;
  }

  open() {
    addEventListener('pagehide', this.#pageHidden);
    this.#pathTimer = setInterval(
      () => this.members.forEach((member) => member.refreshPath()),
      PATH_INTERVAL_MILLIS,
    );
    this.#signaling.open();
  }

  /** Leaves the room in order: the others learn it at once. */
  leave() {
    for (const member of [...this.members.values()]) this.#remove(member);
    this.#signaling.close();
  }

  /** Gives the connection to the hub up and makes another, as after a loss of the network: the session goes on. */
  reconnect() {
    this.#signaling.reconnect();
  }

  /** Changes this member's name or metadata; the others get `memberchange`. */
  update({ name, metadata }) {
    const presence = {};
    if (name !== undefined) presence.name = name || null;
    if (metadata !== undefined) presence.metadata = metadata;
    this.#signaling.update(presence);
  }

  /** Brings a newer token of the same user; if the hub refuses it there is an `error`, and the older one counts. */
  refreshToken(token) {
    this.#signaling.refreshToken(token);
  }

  /** Hosts only: sends a member out; `ban` keeps its user or address out too, as long as the room exists. */
  kick(member, { ban = false } = {}) {
    this.#signaling.ask(ban ? 'ban' : 'kick', { id: member.id });
  }

  /** Hosts only: lets somebody in who waits. @param {string} id of one of `knocks` */
  admit(id) {
    this.#signaling.ask('admit', { id });
  }

  /** Hosts only: sends somebody away who waits. @param {string} id of one of `knocks` */
  refuse(id) {
    this.#signaling.ask('refuse', { id });
  }

  /** Hosts only: gives a member the role `host`, `member` or `listener`. */
  setRole(member, role) {
    this.#signaling.ask('role', { id: member.id, role });
  }

  /**
   * Hosts only: settles `locked`, `password`, `waitingRoom`, `relayOnly`, `maxMembers` or `metadata`; null takes one
   * away.
   */
  configure(changes) {
    this.#signaling.ask('configure', changes);
  }

  /** Keeps a value for the whole room, and for whoever comes later; null takes it away. */
  set(key, value) {
    this.#signaling.ask('set', { key, value });
  }

  /** Sends data to every member with a connection; @returns {number} to how many. */
  broadcast(data) {
    return [...this.members.values()].filter((member) => member.send(data)).length;
  }

  /**
   * Offers files to every member that is connected now.
   * @param {Iterable<File>} files
   * @returns {import('./file-transfer.js').FileTransfer[]} one for each of them
   */
  sendFiles(files) {
    const all = [...files];
    return [...this.members.values()].filter((m) => m.link?.controlOpen).map((member) => member.sendFiles(all));
  }

  /**
   * `relay` sends everything through the relay, `all` lets the browser find the best way. The connections are
   * made anew, since a browser clings to a path that works; files on their way go on over the new ones. A room that
   * wants everything relayed has it so.
   * @param {RTCIceTransportPolicy} policy
   */
  setIceTransportPolicy(policy) {
    this.#connector.setPolicy(policy);
  }

  /** Sends a media track to everybody who is here or comes later; the other side gets it as `track`. */
  addTrack(track, ...streams) {
    this.#connector.media.add(track, streams);
  }

  /** Stops sending a track. */
  removeTrack(track) {
    this.#connector.media.remove(track);
  }

  /** Sends another track in the place of one, such as from another camera. */
  replaceTrack(track, other) {
    return this.#connector.media.replace(track, other);
  }

  /** Sends all tracks of a stream; the other side gets it as `stream`. */
  addStream(stream) {
    for (const track of stream.getTracks()) this.addTrack(track, stream);
  }

  /** Stops sending the tracks of a stream; the other side gets `streamend`. */
  removeStream(stream) {
    for (const track of stream.getTracks()) this.removeTrack(track);
  }

  #listen() {
    const on = (type, act) => this.#signaling.addEventListener(type, (event) => act(event.detail));
    on('state', (change) => this.#stateChanged(change));
    on('welcome', (welcome) => this.#welcomed(welcome));
    on('ice-servers', (message) => this.#renewServers(message));
    on('wire', (wire) => this.#emit('wire', wire));
    on('resumed', () => this.#emit('resumed'));
    on('transport', (transport) => this.#emit('transportchange', transport));
    on('joined', (joined) => this.#joined(joined));
    on('knock', (knock) => this.#knocked(knock));
    on('knock-ended', ({ id, reason }) => this.#knockEnded(id, reason));
    on('key-set', (set) => this.#keySet(set));
    on('room-updated', (settings) => this.#settled(settings));
    on('member-joined', (record) => this.#formerIds.has(record.id) || this.#reunion.came(record));
    on('member-updated', (record) => this.#updated(record));
    on('member-left', ({ id, reason }) => this.#memberLeft(id, reason));
    on('signal', ({ from, data }) => this.#signalled(from, data));
    on('token-expiring', (detail) => this.#emit('tokenexpiring', detail));
    on('refused', (error) => this.#emit('error', error));
  }

  #stateChanged(change) {
    if (change.state === 'closed') {
      removeEventListener('pagehide', this.#pageHidden);
      clearInterval(this.#pathTimer);
      this.#reunion.close();
      for (const member of [...this.members.values()]) this.#remove(member);
    }
    this.#emit('statechange', change);
    if (change.state === 'waiting') this.#emit('waiting', null);
  }

  #welcomed(welcome) {
    this.limits = welcome.limits ?? {};
    this.#renewServers(welcome);
  }

  #renewServers(message) {
    this.#connector.renew(message);
    this.#emit('credentialschange', this.credentials);
  }

  #knocked(knock) {
    this.knocks.set(knock.id, knock);
    this.#emit('knock', knock);
  }

  #knockEnded(id, reason) {
    const knock = this.knocks.get(id) ?? { id };
    this.knocks.delete(id);
    this.#emit('knockended', { knock, reason });
  }

  #settled(settings) {
    this.settings = settings;
    this.#connector.setRelayOnly(settings.relayOnly);
    this.#emit('roomchange', settings);
  }

  #keySet({ key, value, by }) {
    if (value === null) this.values.delete(key);
    else this.values.set(key, value);
    this.#emit('valuechange', { key, value, by });
  }

  #joined({ id, role, state, keys, members, knocks }) {
    this.role = role;
    this.knocks = new Map((knocks ?? []).map((knock) => [knock.id, knock]));
    this.values = new Map(Object.entries(keys ?? {}));
    this.settings = state;
    this.#connector.setRelayOnly(state.relayOnly);
    if (this.id) this.#formerIds.add(this.id);
    this.id = id;
    const here = members.filter((record) => record.id !== id && !this.#formerIds.has(record.id));
    const idsHere = new Set(here.map((record) => record.id));
    for (const member of this.members.values()) if (!idsHere.has(member.id)) member.markAbsent();
    for (const record of here) this.members.get(record.id)?.describe(record);
    this.#reunion.joined(here, id);
  }

  /** A connection of our own making, to somebody new or to somebody whose earlier connection did not last. */
  #begin(record) {
    const known = this.members.get(record.id);
    if (known) this.#connector.connect(known);
    else this.#admit(record, true);
  }

  /** The member is in the room under this id now; whoever we took for somebody new was this one. */
  #takeBack(member, id, record) {
    const double = this.members.get(id);
    const { name, metadata } = record ?? double ?? member;
    if (double && double !== member) this.#remove(double);
    this.members.delete(member.id);
    this.members.set(id, member);
    member.describe({ id, name, metadata });
    member.link.resume(member.path?.localType === 'relay');
  }

  #admit(record, initiator) {
    const member = new Member(record);
    this.members.set(record.id, member);
    member.addEventListener('change', () => this.#memberChanged(member));
    member.addEventListener('gone', () => this.#remove(member));
    for (const type of ['offer', 'transfer'])
      member.addEventListener(type, ({ detail }) => this.#emit(type, detail));
    member.addEventListener('message', ({ detail }) => this.#emit('message', { member, data: detail }));
    member.addEventListener('channel', ({ detail }) => this.#emit('channel', { member, channel: detail }));
    member.addEventListener('track', ({ detail }) => this.#emit('track', { member, event: detail }));
    for (const type of ['stream', 'streamend'])
      member.addEventListener(type, ({ detail }) => this.#emit(type, { member, stream: detail }));
    this.#emit('memberjoin', member);
    if (initiator) this.#connector.connect(member);
  }

  /** A connection that ended although both sides are here is made anew by one of them. */
  #memberChanged(member) {
    if (member.state === 'closed' && member.present && this.id > member.id) {
      setTimeout(() => {
        const here = this.members.get(member.id) === member && member.present && this.state === 'joined';
        if (here && member.state === 'closed') this.#connector.connect(member);
      }, RENEWAL_MILLIS);
    }
    if (this.members.get(member.id) === member) this.#emit('memberchange', member);
  }

  #updated(record) {
    if (record.id === this.id) {
      this.role = record.role;
      if (record.role !== 'host') this.knocks.clear();
      this.#emit('rolechange', record.role);
    }
    this.#reunion.updated(record);
    this.members.get(record.id)?.describe(record);
  }

  #memberLeft(id, reason) {
    this.#reunion.left(id);
    const member = this.members.get(id);
    if (!member) return;
    if (reason === 'lost' && member.kept) member.markAbsent();
    else this.#remove(member);
  }

  #remove(member) {
    if (this.members.get(member.id) !== member) return;
    this.members.delete(member.id);
    member.close();
    this.#emit('memberleave', member);
  }

  #signalled(from, signal) {
    if (!signal || typeof signal !== 'object') return;
    if (this.#reunion.signalled(from, signal)) return;
    if (typeof signal.session === 'string') this.#negotiate(from, signal);
  }

  #negotiate(from, signal) {
    const offer = signal.description?.type === 'offer';
    if (offer && !this.members.has(from)) this.#reunion.admitNow(from);
    const member = this.members.get(from);
    if (offer && member && this.#connector.replaces(member, signal)) {
      this.#reunion.left(from);
      this.#connector.connect(member, signal);
    }
    if (member?.link?.session === signal.session) member.link.receive(signal);
  }

  #emit(type, detail) {
    this.dispatchEvent(new CustomEvent(type, { detail }));
  }
}
