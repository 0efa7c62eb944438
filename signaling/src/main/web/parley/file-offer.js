/** What may be offered: reads the other side's offer, which may hold anything. */

/** Files in one offer: as many as fit into one message of a data channel, whatever their names. */
export const FILES_PER_OFFER = 200;

/** Characters of a file name; more does not fit into most file systems. */
const NAME_CHARACTERS = 200;

/**
 * Path separators and what file systems do not like, control characters, and marks that turn text around to
 * disguise an ending.
 */
const UNSAFE = /[\\/:*?"<>|\u0000-\u001f\u007f-\u009f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]/g;

/**
 * @typedef {object} OfferedFile
 * @property {string} name
 * @property {number} size bytes
 * @property {string} type MIME type as the sender's browser guessed it; a hint only
 */

/**
 * Reads an offer of the other side.
 * @param {any} message
 * @returns {OfferedFile[] | null} null if it is not an offer one could accept
 */
export function readOffer(message) {
  const files = message?.files;
  if (!Array.isArray(files) || files.length === 0 || files.length > FILES_PER_OFFER) return null;
  const sound = files.every(
    (file) => Number.isSafeInteger(file?.size) && file.size >= 0 && typeof file.name === 'string',
  );
  if (!sound || !Number.isSafeInteger(files.reduce((sum, file) => sum + file.size, 0))) return null;
  return files.map(({ name, size, type }) => ({
    name: safeFileName(name),
    size,
    type: typeof type === 'string' ? type : '',
  }));
}

/**
 * A name that cannot leave the folder it is saved in, and looks like what it is.
 * @param {string} name
 * @returns {string} never empty
 */
export function safeFileName(name) {
  const plain = [...name.replace(UNSAFE, '_').replace(/^[.\s]+/, '')];
  if (plain.length <= NAME_CHARACTERS) return plain.join('').trim() || 'file';
  const dot = plain.lastIndexOf('.');
  const ending = dot > 0 && plain.length - dot <= 16 ? plain.slice(dot) : [];
  return [...plain.slice(0, NAME_CHARACTERS - ending.length), ...ending].join('');
}
