/** Hashes a stream of buffers in a worker, so that a large file does not freeze the page. */
import { Sha256 } from './sha256.js';

/** SHA-256 of one message after the other. Calls may overlap; they take effect in order. */
export class Hasher {
  #worker = startWorker();
  #hash = new Sha256();
  #waiting = [];

  constructor() {
    if (!this.#worker) return;
    this.#worker.onmessage = ({ data }) => this.#waiting.shift()?.resolve(data);
    this.#worker.onerror = (event) => {
      event.preventDefault();
      const error = new Error('The hashing worker could not run: ' + (event.message || 'it did not load.'));
      this.#waiting.splice(0).forEach(({ reject }) => reject(error));
    };
  }

  /**
   * Adds a buffer to the message.
   * @param {ArrayBuffer} buffer handed over: the caller cannot use it any more
   * @returns {Promise<unknown>} fulfilled when it is hashed, so that a caller can keep the queue short
   */
  update(buffer) {
    if (this.#worker) return this.#ask(buffer, [buffer]);
    this.#hash.update(new Uint8Array(buffer));
    return Promise.resolve(true);
  }

  /**
   * Ends the message; the next `update` begins a new one.
   * @returns {Promise<string>} the hash as 64 lower-case hexadecimal digits
   */
  hexDigest() {
    if (this.#worker) return this.#ask(null, []);
    const digest = this.#hash.hexDigest();
    this.#hash = new Sha256();
    return Promise.resolve(digest);
  }

  /** Stops the worker; what is still asked for is never answered. */
  close() {
    this.#worker?.terminate();
  }

  #ask(message, handedOver) {
    return new Promise((resolve, reject) => {
      this.#waiting.push({ resolve, reject });
      this.#worker.postMessage(message, handedOver);
    });
  }
}

/** @returns {Worker | null} null where module workers do not exist; then the page hashes by itself */
function startWorker() {
  try {
    return new Worker(new URL('./sha256-worker.js', import.meta.url), { type: 'module' });
  } catch {
    return null;
  }
}
