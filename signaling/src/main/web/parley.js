/**
 * Parley's browser client: joins a room of a Parley server and keeps one WebRTC connection to every other
 * member. An ES module
 * without dependencies; the types are in `parley.d.ts`.
 *
 * ```js
 * import { joinRoom } from '/parley.js';
 *
 * const room = await joinRoom({ room: 'garden', name: 'Ann' });
 * for (const member of room.members.values()) console.log(member.name, 'is here');
 * room.addEventListener('memberjoin', ({ detail: member }) => console.log(member.name, 'came'));
 * room.addEventListener('message', ({ detail: { member, data } }) => console.log(member.name, 'says', data));
 * room.addEventListener('offer', ({ detail: transfer }) => transfer.accept());
 * room.broadcast('Good morning');
 * ```
 */
import { ParleyError } from './parley/error.js';
import { Room } from './parley/room.js';

export { ParleyError } from './parley/error.js';
export { pathFromStats } from './parley/path.js';
export { randomText } from './parley/random.js';
export { Sha256 } from './parley/sha256.js';

/**
 * @typedef {object} JoinOptions
 * @property {string} room name of the room, 1 to 128 characters; whoever knows it can join
 * @property {string} [name] shown to the others, up to 128 characters
 * @property {Record<string, unknown>} [metadata] anything else about this member the others should see, up to
 *     4 KiB as JSON
 * @property {string} [password] of the room, if its hosts have set one
 * @property {string} [token] to be let in with, if the server wants one
 * @property {string | URL} [url] of the hub; default `/ws` of the server the page came from
 * @property {RTCIceTransportPolicy} [iceTransportPolicy] `relay` to use nothing but the relay; default `all`
 * @property {RTCIceServer[]} [iceServers] in place of those the hub names
 */

/** What to tell people when a room cannot be joined, where the hub has no words of its own for it. */
const UNJOINABLE = 'The room could not be joined.';

/**
 * Joins a room. Until it is left, or the page is, the membership is kept: after a lost connection it is joined
 * again.
 * @param {JoinOptions} options
 * @returns {Promise<Room>} when the room is joined; rejected with a `ParleyError` when the hub refuses. While
 *     the hub cannot be
 *     reached it keeps trying
 */
export async function joinRoom(options) {
  const room = openRoom(options);
  let refusal;
  const keepRefusal = ({ detail }) => (refusal = detail);
  room.addEventListener('error', keepRefusal);
  await new Promise((resolve, reject) => {
    const watch = ({ detail }) => {
      if (detail.state === 'joined') resolve();
      else if (detail.state === 'closed') reject(refusal ?? new ParleyError(detail.reason, UNJOINABLE));
      else return;
      room.removeEventListener('statechange', watch);
      room.removeEventListener('error', keepRefusal);
    };
    room.addEventListener('statechange', watch);
  });
  return room;
}

/**
 * Like `joinRoom`, but hands out the room at once, so that an application can show the first steps too and
 * hears every event.
 * @param {JoinOptions} options
 * @returns {Room}
 */
export function openRoom(options) {
  if (typeof RTCPeerConnection === 'undefined') {
    throw new ParleyError(
      'no-webrtc',
      'This browser has no WebRTC, or it is switched off. Use a current browser.',
    );
  }
  const room = new Room(options);
  room.open();
  return room;
}
