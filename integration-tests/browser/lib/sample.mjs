/** Files to send: bytes by chance, with their hash. */
import { createHash, randomBytes } from 'node:crypto';

/**
 * @param {string} name
 * @param {number} size bytes
 */
export function sample(name, size) {
  const buffer = randomBytes(size);
  return {
    name,
    buffer,
    mimeType: 'application/octet-stream',
    sha256: createHash('sha256').update(buffer).digest('hex'),
  };
}
