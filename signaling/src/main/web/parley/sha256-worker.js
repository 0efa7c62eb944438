/**
 * Hashes away from the page's own thread. Takes an ArrayBuffer (answers `true` when it is hashed) or `null`
 * (answers the hash).
 */
import { Sha256 } from './sha256.js';

let hash = new Sha256();

onmessage = ({ data }) => {
  if (data === null) {
    postMessage(hash.hexDigest());
    hash = new Sha256();
  } else {
    hash.update(new Uint8Array(data));
    postMessage(true);
  }
};
