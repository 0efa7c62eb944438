/** The demo page: from its address to a room, and back. */
import { openRoom } from './parley.js';
import { copyFrom } from './demo/clipboard.js';
import { byId, showAvatar } from './demo/dom.js';
import { guardPage } from './demo/drop.js';
import { newRoomName, ownName, rememberName, roomNameFrom } from './demo/names.js';
import { RoomView } from './demo/room-view.js';
import { bindQr, offerQr } from './demo/share.js';

const COPIED_MILLIS = 2_000;

let view = null;
let room = null;
/** What this user wants, whatever a room wants of all. */
let policy = new URLSearchParams(location.search).get('relay') === '1' ? 'relay' : 'all';

/** Shows what the address names: the room behind the `#`, or the start. */
function openFromAddress() {
  view?.close();
  view = room = null;
  notify(null);
  const roomName = roomNameFrom(location.hash);
  byId('waiting').hidden = true;
  byId('start').hidden = roomName !== '';
  byId('room').hidden = roomName === '';
  if (roomName !== '') enter(roomName);
}

function enter(roomName) {
  byId('link').value = `${location.origin}${location.pathname}#${encodeURIComponent(roomName)}`;
  offerQr();
  try {
    room = openRoom({
      room: roomName,
      name: byId('name').value.trim(),
      iceTransportPolicy: policy,
    });
    view = new RoomView(room, notify);
  } catch (error) {
    notify(error.message);
  }
}

/** @param {string | null} text a problem and what to do about it; null when there is none */
function notify(text) {
  byId('notice').hidden = text === null;
  byId('notice').textContent = text ?? '';
}

async function copyLink() {
  const button = byId('copy');
  const copied = await copyFrom(byId('link'));
  button.textContent = copied ? 'Copied' : 'Press Ctrl+C';
  setTimeout(() => (button.textContent = 'Copy link'), COPIED_MILLIS);
}

function changeName() {
  const input = byId('name');
  input.value = input.value.trim().replace(/\s+/g, ' ') || ownName();
  rememberName(input.value);
  showAvatar(byId('own-avatar'), input.value);
  room?.update({ name: input.value });
}

function changePolicy() {
  notify(null);
  policy = byId('relay-only').checked ? 'relay' : 'all';
  room?.setIceTransportPolicy(policy);
}

/** @returns {boolean} true if files are on their way, which is said */
function refuseWhileBusy() {
  if (!view?.busy) return false;
  notify('Files are on their way, and this would break them off. Let them finish, or cancel them first.');
  return true;
}

function bind() {
  const name = byId('name');
  name.value = ownName();
  showAvatar(byId('own-avatar'), name.value);
  name.addEventListener('change', changeName);
  name.addEventListener('keydown', (event) => event.key === 'Enter' && name.blur());
  byId('relay-only').addEventListener('change', changePolicy);
  byId('create').addEventListener('click', () => (location.hash = newRoomName()));
  byId('open-form').addEventListener('submit', (event) => {
    event.preventDefault();
    const roomName = roomNameFrom(byId('open-name').value);
    if (roomName === '') notify('Type the name of the room, or paste its link.');
    else location.hash = encodeURIComponent(roomName);
  });
  byId('home').addEventListener('click', (event) => refuseWhileBusy() && event.preventDefault());
  byId('copy').addEventListener('click', copyLink);
  byId('link').addEventListener('focus', () => byId('link').select());
  byId('try-again').addEventListener('click', openFromAddress);
  guardPage();
  bindQr();
  addEventListener('hashchange', openFromAddress);
  addEventListener('beforeunload', (event) => view?.busy && event.preventDefault());
  // A page that comes back from the browser's cache has left its room when it went away.
  addEventListener('pageshow', (event) => event.persisted && openFromAddress());
}

bind();
openFromAddress();
