/** Messages as they may be shown, and copied by whoever asks for help. */

/** Whoever knows one of these could take something over. */
const SECRET = new Set(['resumeToken', 'token', 'credential', 'password', 'session', 'resume', 'resumed', 'sdp']);

/** @param {any} message @returns {any} the same with stars in the place of secrets */
export function masked(message) {
  if (Array.isArray(message)) return message.map(masked);
  if (message === null || typeof message !== 'object') return message;
  return Object.fromEntries(
    Object.entries(message).map(([key, value]) => [key, SECRET.has(key) && value ? '***' : masked(value)]),
  );
}
