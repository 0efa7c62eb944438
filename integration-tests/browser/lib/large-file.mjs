/** A file too large to be handed over in memory: full of zeros, and without a place on the disk. */
import { createHash } from 'node:crypto';
import { mkdtemp, rm, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const PIECE = Buffer.alloc(1_000_000);

/**
 * @param {string} name
 * @param {number} megabytes
 */
export async function largeFile(name, megabytes) {
  const folder = await mkdtemp(join(tmpdir(), 'parley-file-'));
  const path = join(folder, name);
  await writeFile(path, '');
  await truncate(path, megabytes * PIECE.length);
  return {
    name,
    path,
    sha256() {
      const hash = createHash('sha256');
      for (let count = 0; count < megabytes; count++) hash.update(PIECE);
      return hash.digest('hex');
    },
    remove: () => rm(folder, { recursive: true }),
  };
}
