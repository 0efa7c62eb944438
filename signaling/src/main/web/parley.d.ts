/** Types of Parley's browser client, `parley.js`. */

export interface JoinOptions {
  /** Name of the room, 1 to 128 characters; whoever knows it can join. */
  room: string;
  /** Shown to the others, up to 128 characters. */
  name?: string;
  /** Anything else about this member the others should see, up to 4 KiB as JSON. */
  metadata?: Record<string, unknown>;
  /** Of the room, if its hosts have set one. */
  password?: string;
  /** To be let in with, if the server wants one. */
  token?: string;
  /** Of the hub; default `/ws` of the server the page came from. */
  url?: string | URL;
  /** `relay` to use nothing but the relay; default `all`. */
  iceTransportPolicy?: RTCIceTransportPolicy;
  /** In place of those the hub names. */
  iceServers?: RTCIceServer[];
}

/**
 * Joins a room. Until it is left, or the page is, the membership is kept: after a lost connection it is joined
 * again.
 * Fulfilled when the room is joined, which may take until a host has let it in; rejected with a `ParleyError` when
 * the hub refuses.
 */
export function joinRoom(options: JoinOptions): Promise<Room>;

/** Like `joinRoom`, but hands out the room at once, so that an application hears every event. */
export function openRoom(options: JoinOptions): Room;

/** What a member may do: hosts everything, members talk to all, listeners hear all and talk to one at a time. */
export type Role = 'host' | 'member' | 'listener';

export interface RoomSettings {
  locked: boolean;
  /** Whether one gets in only with a password. */
  password: boolean;
  /** Whether newcomers wait until a host lets them in. */
  waitingRoom: boolean;
  /** Whether everything between members is relayed, and nobody learns anybody's address. */
  relayOnly: boolean;
  maxMembers?: number;
  metadata?: Record<string, unknown>;
}

/** Somebody who waits to be let into the room. */
export interface Knock {
  readonly id: string;
  readonly name?: string;
  readonly metadata?: Record<string, unknown>;
}

/** How somebody's waiting ended: `left` if it gave up, `lost` if its session is over. */
export type KnockEnd = 'admitted' | 'refused' | 'left' | 'lost';

export type RoomState = 'connecting' | 'waiting' | 'joined' | 'reconnecting' | 'closed';

/** How messages go to the hub and back: over a WebSocket, or over HTTP where none gets through. */
export type HubTransport = 'websocket' | 'events' | 'polling';

export interface StateChange {
  state: RoomState;
  /** With `reconnecting`: when the next attempt begins. */
  retryMillis?: number;
  /** With `closed`: a word of the hub, or `left`. */
  reason?: string;
}

export interface RoomEvents {
  statechange: CustomEvent<StateChange>;
  /** A host has to let this member in; `statechange` says `joined` or `closed` then. */
  waiting: CustomEvent<null>;
  /** For hosts: somebody waits to be let in; see `admit` and `refuse`. */
  knock: CustomEvent<Knock>;
  /** For hosts: somebody waits no longer. */
  knockended: CustomEvent<{ knock: Knock; reason: KnockEnd }>;
  memberjoin: CustomEvent<Member>;
  /** Name, metadata, state, presence or path of a member changed. */
  memberchange: CustomEvent<Member>;
  memberleave: CustomEvent<Member>;
  /** This member's own new role. */
  rolechange: CustomEvent<Role>;
  transportchange: CustomEvent<HubTransport>;
  roomchange: CustomEvent<RoomSettings>;
  /** A value of the room is another, or gone (null). */
  valuechange: CustomEvent<{ key: string; value: unknown; by: string }>;
  message: CustomEvent<{ member: Member; data: unknown }>;
  channel: CustomEvent<{ member: Member; channel: RTCDataChannel }>;
  track: CustomEvent<{ member: Member; event: RTCTrackEvent }>;
  /** A member began to send sound or pictures. */
  stream: CustomEvent<{ member: Member; stream: MediaStream }>;
  streamend: CustomEvent<{ member: Member; stream: MediaStream }>;
  /** The hub renewed the credentials of the relay. */
  credentialschange: CustomEvent<Credentials>;
  /** The session went on after a loss of the hub: nothing is missing. */
  resumed: CustomEvent<undefined>;
  /** Every message to the hub and from it, as it goes over the line; some hold secrets. */
  wire: CustomEvent<{ sent: boolean; message: Record<string, unknown> }>;
  /** Somebody wants to send files; `accept` or `decline` it. */
  offer: CustomEvent<IncomingTransfer>;
  /** Any new transfer, in either direction. */
  transfer: CustomEvent<FileTransfer>;
  /** What the session was admitted with ends soon; bring another with `refreshToken`. */
  tokenexpiring: CustomEvent<{ expiresInSeconds: number }>;
  /** The hub refused something; the room goes on unless `statechange` says otherwise. */
  error: CustomEvent<ParleyError>;
}

export interface Room extends EventTarget {
  readonly room: string;
  /** This member's own public id; null until the first join, and another one after each rejoin that was no resume. */
  readonly id: string | null;
  readonly state: RoomState;
  /** null before the hub was reached. */
  readonly transport: HubTransport | null;
  /** What this member may do; null until the first join. */
  readonly role: Role | null;
  /** null until the first join. */
  readonly settings: RoomSettings | null;
  /** The others, by id. */
  readonly members: ReadonlyMap<string, Member>;
  /** For hosts: who waits to be let in, by id. */
  readonly knocks: ReadonlyMap<string, Knock>;
  /** Limits of the hub, as in its welcome. */
  readonly limits: Readonly<Record<string, number>>;
  readonly iceTransportPolicy: RTCIceTransportPolicy;
  /** What connections that begin now use: those of the options, else those of the hub. */
  readonly iceServers: RTCIceServer[];
  readonly credentials: Credentials;
  /** Gives the connection to the hub up and makes another, as after a loss of the network: the session goes on. */
  reconnect(): void;
  /** Makes the connections anew; files on their way go on over the new ones. */
  setIceTransportPolicy(policy: RTCIceTransportPolicy): void;
  update(presence: { name?: string; metadata?: Record<string, unknown> }): void;
  /** What the room keeps for all its members. */
  readonly values: ReadonlyMap<string, unknown>;
  /** Keeps a value (anything JSON can hold) for the room, and for whoever comes later; null takes it away. */
  set(key: string, value: unknown): void;
  /** Brings a newer token of the same user; refused, there is an `error` and the older one counts. */
  refreshToken(token: string): void;
  /** Hosts only: sends a member out, and with `ban` keeps its user or address out as long as the room exists. */
  kick(member: Member, options?: { ban?: boolean }): void;
  /** Hosts only: lets somebody in who waits. */
  admit(id: string): void;
  /** Hosts only: sends somebody away who waits. */
  refuse(id: string): void;
  /** Hosts only. */
  setRole(member: Member, role: Role): void;
  /** Hosts only; null takes a setting away. */
  configure(changes: {
    locked?: boolean;
    password?: string | null;
    waitingRoom?: boolean;
    relayOnly?: boolean;
    maxMembers?: number | null;
    metadata?: Record<string, unknown> | null;
  }): void;
  /** Sends anything JSON can hold to every connected member; returns to how many. */
  broadcast(data: unknown): number;
  /** Offers files to every connected member. */
  sendFiles(files: Iterable<File>): FileTransfer[];
  /** Sends a media track to everybody who is here or comes later. */
  addTrack(track: MediaStreamTrack, ...streams: MediaStream[]): void;
  removeTrack(track: MediaStreamTrack): void;
  /** Another track in the place of one, such as from another camera. */
  replaceTrack(track: MediaStreamTrack, other: MediaStreamTrack): Promise<void>;
  /** Sends all tracks of a stream to everybody who is here or comes later; the others get `stream`. */
  addStream(stream: MediaStream): void;
  /** Stops sending them; the others get `streamend`. */
  removeStream(stream: MediaStream): void;
  leave(): void;
  addEventListener<K extends keyof RoomEvents>(
    type: K,
    listener: (event: RoomEvents[K]) => void,
    options?: boolean | AddEventListenerOptions,
  ): void;
  addEventListener(
    type: string,
    listener: EventListenerOrEventListenerObject | null,
    options?: boolean | AddEventListenerOptions,
  ): void;
}

/** The relay's credentials from the hub; moments are those of `Date.now()`. */
export interface Credentials {
  readonly iceServers: RTCIceServer[];
  readonly expiresMillis: number;
  /** When the hub sends fresh ones: at half of their life. */
  readonly renewsMillis: number;
}

export type MemberState = 'connecting' | 'connected' | 'interrupted' | 'closed';

export interface Member extends EventTarget {
  readonly id: string;
  readonly role: Role;
  readonly name: string;
  readonly metadata: Record<string, unknown>;
  /** Whether the hub has it in the room; a connection that works outlives a lost hub. */
  readonly present: boolean;
  readonly state: MemberState;
  /** null while no path is known. */
  readonly path: Path | null;
  readonly connection: RTCPeerConnection | null;
  /** What this member sends of sound and picture. */
  readonly streams: MediaStream[];
  /** Running transfers, both directions. */
  readonly transfers: FileTransfer[];
  /** Sends anything JSON can hold; false while there is no connection. */
  send(data: unknown): boolean;
  /**
   * A data channel of your own; the other side gets the event `channel`. The label must not begin with `parley`.
   */
  openChannel(label: string, options?: RTCDataChannelInit): RTCDataChannel;
  /** Throws a `ParleyError` without files or without a connection. */
  sendFiles(files: Iterable<File>): FileTransfer;
}

export interface Path {
  /** True if either end of the selected pair is a relayed candidate. */
  relayed: boolean;
  /** What this browser speaks: to its relay if it uses one, else to the other side. */
  protocol: 'udp' | 'tcp' | 'tls';
  localType: RTCIceCandidateType;
  remoteType: RTCIceCandidateType;
  /** null until it has been measured. */
  roundTripMillis: number | null;
}

/** The way of a connection's packets, from `RTCPeerConnection.getStats()`; null while no pair is selected. */
export function pathFromStats(report: RTCStatsReport): Path | null;

/** `interrupted`: the connection broke; it goes on where it stopped when there is another. */
export type TransferState = 'offered' | 'active' | 'interrupted' | 'done' | 'declined' | 'cancelled' | 'failed';
export type TransferFailure = 'connection-lost' | 'unreadable' | 'storage' | 'corrupt' | 'protocol';

/** Events: `change` (state, or a file is complete), `progress` (a few times a second while active). */
export interface FileTransfer extends EventTarget {
  readonly id: string;
  readonly direction: 'send' | 'receive';
  readonly member: Member;
  readonly files: TransferFile[];
  readonly state: TransferState;
  /** Why it failed. */
  readonly reason: TransferFailure | null;
  /** Which side ended it. */
  readonly endedBy: 'us' | 'them' | null;
  readonly ended: boolean;
  /** Of all files. */
  readonly size: number;
  readonly bytes: number;
  readonly bytesPerSecond: number;
  /** null while nobody can tell. */
  readonly remainingSeconds: number | null;
  cancel(): void;
}

export interface IncomingTransfer extends FileTransfer {
  readonly direction: 'receive';
  /** Without `openSink` each file becomes a Blob. */
  accept(options?: { openSink?: (file: TransferFile) => Promise<FileSink> }): void;
  decline(): void;
}

export interface TransferFile {
  readonly name: string;
  readonly size: number;
  /** MIME type as the sender's browser guessed it; a hint only. */
  readonly type: string;
  readonly bytes: number;
  /** 64 hexadecimal digits when it is complete. */
  readonly sha256: string | null;
  /** Whether both sides computed the same hash. */
  readonly verified: boolean;
  /** On the receiving side, when verified and not written elsewhere. */
  readonly blob: Blob | null;
}

/** Where a file goes that is not to be kept as a Blob; a `FileSystemWritableFileStream` is one. */
export interface FileSink {
  write(bytes: Uint8Array<ArrayBuffer>): Promise<unknown>;
  /** The file is complete and verified. */
  close(): Promise<unknown>;
  /** It never will be. */
  abort(): Promise<unknown>;
}

/** What went wrong: a word for programs, a sentence for people. */
export class ParleyError extends Error {
  constructor(code: string, message: string);
  readonly code: string;
}

/** SHA-256, fed piece by piece; for pages without `crypto.subtle` and for streams. */
export class Sha256 {
  update(bytes: Uint8Array): this;
  digest(): Uint8Array;
  hexDigest(): string;
}

/** A name nobody guesses: five bits a character. */
export function randomText(characters: number): string;
