/** The names of this page's user and of its rooms. */
import { randomText } from '../parley.js';

const NAME_KEY = 'parley-name';
const QUALITIES = [
  'Amber',
  'Brave',
  'Calm',
  'Clever',
  'Gentle',
  'Golden',
  'Keen',
  'Lucky',
  'Mellow',
  'Quiet',
  'Silver',
  'Swift',
];
const ANIMALS = [
  'Badger',
  'Crane',
  'Dolphin',
  'Falcon',
  'Hare',
  'Heron',
  'Lynx',
  'Marten',
  'Otter',
  'Raven',
  'Robin',
  'Wren',
];

/** @returns {string} the name used last, or a friendly one by chance */
export function ownName() {
  return storedName() || `${pick(QUALITIES)} ${pick(ANIMALS)}`;
}

/** Keeps the name for the next visit, where the browser lets us. */
export function rememberName(name) {
  try {
    localStorage.setItem(NAME_KEY, name);
  } catch {
    // Storage may be forbidden; then the name lasts as long as the page.
  }
}

/** @returns {string} twenty characters, 100 bits: nobody finds a room by trying */
export function newRoomName() {
  return randomText(20).match(/.{5}/g).join('-');
}

/**
 * @param {string} text what a person typed or pasted
 * @returns {string} the room's name
 */
export function roomNameFrom(text) {
  const hash = text.indexOf('#');
  const name = hash < 0 ? text : text.slice(hash + 1);
  try {
    return decodeURIComponent(name).normalize('NFC').trim().replace(/\s+/g, ' ');
  } catch {
    return name.normalize('NFC').trim();
  }
}

function storedName() {
  try {
    return localStorage.getItem(NAME_KEY);
  } catch {
    return null;
  }
}

function pick(words) {
  return words[crypto.getRandomValues(new Uint32Array(1))[0] % words.length];
}
