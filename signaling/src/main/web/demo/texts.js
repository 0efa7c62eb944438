/** What the page says about states: one sentence each, and where something is wrong, what to do. */
import { formatBytes, formatRemaining } from './format.js';

const CLOSED = {
  refused: 'You were not let in. Ask whoever invited you, and open the link again.',
  kicked: 'A host of this room has sent you out.',
  banned: 'A host of this room has sent you out, for good.',
  replaced: 'You are in this room in another window.',
  left: 'You have left this room.',
  'join-refused': 'This room cannot be joined now. It may be full; try again later or create another one.',
  'bad-message':
    'This is not a name a room can have. Use 1 to 128 letters, digits or signs, or create a new room.',
};

/** @param {'websocket' | 'events' | 'polling'} transport to the hub */
export function transportText(transport) {
  if (transport === 'websocket') return 'over a WebSocket';
  return transport === 'events' ? 'over HTTP, since WebSockets are blocked' : 'over HTTP, by asking again and again';
}

/** @param {{state: string, retryMillis?: number, reason?: string}} change */
export function connectionText({ state, retryMillis, reason }) {
  switch (state) {
    case 'joined':
      return 'Connected';
    case 'waiting':
      return 'Waiting at the door';
    case 'reconnecting':
      return `Server not reachable, trying again in ${Math.max(1, Math.round((retryMillis ?? 0) / 1000))} s`;
    case 'closed':
      return reason === 'left' ? 'Left' : 'Closed';
    default:
      return 'Connecting';
  }
}

/** @param {string} reason */
export function closedText(reason) {
  return CLOSED[reason] ?? 'The server has ended the connection. Reload the page to come back.';
}

/** @param {import('../parley/member.js').Member} member */
export function memberStateText(member) {
  if (member.state === 'connected') return member.present ? 'Connected' : 'Connected, server out of reach';
  if (member.state === 'connecting') return 'Finding a path';
  return member.present ? 'Interrupted, finding a new path' : 'Lost, waiting for the return';
}

/** @param {import('../parley/path.js').Path} path */
export function pathText({ relayed, protocol, roundTripMillis }) {
  const parts = [relayed ? 'Relayed' : 'Direct', protocol.toUpperCase()];
  if (roundTripMillis !== null) parts.push(roundTripMillis < 1 ? '< 1 ms' : `${roundTripMillis} ms`);
  return parts.join(' · ');
}

const CANDIDATES = {
  host: 'its own address',
  srflx: 'its address as the internet sees it',
  prflx: 'an address found on the way',
  relay: 'a relay',
};

/** @param {import('../parley/path.js').Path} path */
export function pathExplanation({ relayed, protocol, localType, remoteType, roundTripMillis }) {
  const way = relayed
    ? 'The packets go through the relay, encrypted from end to end.'
    : 'The packets go straight between the two browsers.';
  const [here, there] = [localType, remoteType].map((type) => CANDIDATES[type] ?? type);
  const ends = `This side uses ${here}, the other ${there}.`;
  const toRelay = relayed && localType === 'relay' ? `To the relay by ${protocol.toUpperCase()}.` : '';
  const time = roundTripMillis === null ? '' : `There and back in ${Math.max(1, roundTripMillis)} ms.`;
  return [way, ends, toRelay, time].filter(Boolean).join(' ');
}

/** How the member is named where it gave no name. */
export function memberName(member) {
  return member.name || 'Somebody';
}

/** @param {import('../parley/file-transfer.js').FileTransfer} transfer */
export function whoText({ direction, state, member }) {
  if (direction === 'send') return `To ${memberName(member)}`;
  return state === 'offered' ? `${memberName(member)} wants to send you` : `From ${memberName(member)}`;
}

/** @param {import('../parley/file-transfer.js').FileTransfer} transfer */
export function transferText(transfer) {
  const sending = transfer.direction === 'send';
  const other = memberName(transfer.member);
  const size = formatBytes(transfer.size);
  switch (transfer.state) {
    case 'offered':
      return sending ? `${size} · waiting for ${other} to accept` : size;
    case 'active':
      return activeText(transfer);
    case 'interrupted':
      return `Interrupted at ${formatBytes(transfer.bytes)} of ${size} · goes on when ${other} is connected again`;
    case 'done':
      return `${size} · ${sending ? 'arrived and verified' : 'complete and verified'}`;
    case 'declined':
      return sending ? `${other} declined.` : 'You declined.';
    case 'cancelled':
      return transfer.endedBy === 'us' ? 'You cancelled it.' : `${other} cancelled it.`;
    case 'failed':
      return failureText(transfer, sending, other);
  }
}

function activeText(transfer) {
  if (transfer.bytes >= transfer.size) return `${formatBytes(transfer.size)} · checking`;
  const parts = [`${formatBytes(transfer.bytes)} of ${formatBytes(transfer.size)}`];
  if (transfer.bytesPerSecond > 0) {
    parts.push(`${formatBytes(transfer.bytesPerSecond)}/s`, formatRemaining(transfer.remainingSeconds));
  }
  return parts.join(' · ');
}

function failureText({ reason, endedBy }, sending, other) {
  const mine = endedBy === 'us';
  switch (reason) {
    case 'connection-lost':
      return `The connection to ${other} was lost. ${sending ? 'Send' : 'Ask for'} it again when ${other} is back.`;
    case 'unreadable':
      return mine
        ? 'The file could not be read. Was it moved or changed? Choose it again.'
        : `${other}'s browser could not read the file. Ask to choose it again.`;
    case 'storage':
      return mine
        ? 'The file could not be stored. Make room on the disk and ask for it again.'
        : `${other}'s browser could not store the file. It may lack room.`;
    case 'corrupt':
      return 'What arrived is not what was sent, so it was thrown away. Try again.';
    default:
      return 'The two browsers did not understand each other. Reload both pages and try again.';
  }
}

/** @param {'websocket' | 'events' | 'polling' | null} transport */
export function transportName(transport, state) {
  if (transport === null) return 'not yet';
  const name = { websocket: 'WebSocket', events: 'HTTP, events', polling: 'HTTP, polling' }[transport];
  return state === 'reconnecting' ? `${name}, lost` : name;
}

/** @param {number} lost times @param {number} resumed how many of them left no gap */
export function lossesText(lost, resumed) {
  if (lost === 0) return 'never';
  const times = (count) => (count === 1 ? 'once' : `${count} times`);
  return `${times(lost)}, went on without a gap ${times(resumed)}`;
}

/** @param {number} millis until the relay's credentials are renewed */
export function renewalText(millis) {
  if (millis <= 0) return 'being renewed';
  const seconds = Math.round(millis / 1000);
  const minutes = Math.floor(seconds / 60);
  return `renewed in ${minutes}:${String(seconds % 60).padStart(2, '0')}`;
}
