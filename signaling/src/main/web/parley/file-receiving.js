/** The receiving end of a file transfer. */
import { BLOCK_BYTES, FileTransfer, WINDOW_BYTES } from './file-transfer.js';
import { Hasher } from './hasher.js';

/** A sender that sends so much more than was stored does not keep to the window. */
const FLOOD_BYTES = 2 * WINDOW_BYTES;

/**
 * Where a file goes that is not to be kept as a Blob; a `FileSystemWritableFileStream` is one.
 * @typedef {object} FileSink
 * @property {(bytes: Uint8Array) => Promise<unknown>} write
 * @property {() => Promise<unknown>} close the file is complete and verified
 * @property {() => Promise<unknown>} abort it never will be
 */

/** Gathers what arrives into blocks; each is stored, hashed and then reported, so that the sender may go on. */
export class FileReceiving extends FileTransfer {
  #openSink = null;
  #channel = null;
  #hasher = null;
  #index = 0;
  #block = null;
  #blockBytes = 0;
  #arrivedBytes = 0;
  #storedBytes = 0;
  #parts = [];
  #sink = null;
  #work = Promise.resolve();

  /**
   * @param {string} id
   * @param {import('./member.js').Member} member
   * @param {import('./file-offer.js').OfferedFile[]} files
   */
  constructor(id, member, files) {
    super({ id, direction: 'receive', member, files });
  }

  /**
   * Takes the files.
   * @param {{openSink?: (file: import('./file-transfer.js').TransferFile) => Promise<FileSink>}} [options]
   *     where to write
   *     them; without it each becomes a Blob
   */
  accept({ openSink } = {}) {
    if (this.state !== 'offered') return;
    this.#openSink = openSink ?? null;
    this.#hasher = new Hasher();
    this.enter('active');
    this.tell('accept');
  }

  /** Does not take them. */
  decline() {
    if (this.state !== 'offered') return;
    this.tell('decline');
    this.enter('declined', 'us');
  }

  cancel() {
    if (this.state === 'offered') this.decline();
    else super.cancel();
  }

  /** The sender opened the channel the bytes come through. */
  takeChannel(channel) {
    if (this.state !== 'active' || this.#channel) {
      channel.close();
      return;
    }
    this.#channel = channel;
    channel.binaryType = 'arraybuffer';
    channel.onmessage = ({ data }) => channel === this.#channel && this.#take(data);
    channel.onclose = () => this.channelClosed(() => channel === this.#channel);
  }

  /** The sender did not hear the answer, if there was one. */
  offeredAgain() {
    if (this.state !== 'offered') this.#goOn('accept');
  }

  /** The sender asks, over a new connection, where to go on. */
  continue() {
    if (this.state !== 'offered') this.#goOn('resume');
  }

  #goOn(what) {
    this.#channel?.close();
    this.#channel = null;
    this.enter('active');
    const bytes = this.files[this.#index]?.bytes ?? 0;
    this.tell(what, { index: this.#index, bytes, stored: this.#storedBytes });
    this.files.forEach((file, index) => file.verified && this.tell('verified', { index }));
  }

  enter(state, endedBy, reason) {
    super.enter(state, endedBy, reason);
    if (state === 'interrupted') this.#channel = null;
    if (!this.ended) return;
    this.#hasher?.close();
    if (state !== 'done') this.#channel?.close();
    this.#parts = [];
    this.#block = null;
    this.#sink?.abort().catch(() => {}); // what was written so far goes away with the sink
    this.#sink = null;
  }

  #take(data) {
    if (this.ended) return;
    if (typeof data === 'string') this.#takeEnd(data);
    else this.#takeBytes(new Uint8Array(data));
  }

  #takeBytes(bytes) {
    const file = this.files[this.#index];
    this.#arrivedBytes += bytes.length;
    if (!file || file.bytes + bytes.length > file.size || this.#arrivedBytes - this.#storedBytes > FLOOD_BYTES) {
      this.stop('failed', 'us', 'protocol');
      return;
    }
    file.bytes += bytes.length;
    for (let rest = bytes; rest.length > 0;) {
      this.#block ??= new Uint8Array(BLOCK_BYTES);
      const fits = rest.subarray(0, BLOCK_BYTES - this.#blockBytes);
      this.#block.set(fits, this.#blockBytes);
      this.#blockBytes += fits.length;
      rest = rest.subarray(fits.length);
      if (this.#blockBytes === BLOCK_BYTES) this.#storeBlock(file);
    }
  }

  #takeEnd(text) {
    const index = this.#index++;
    const file = this.files[index];
    let expected;
    try {
      expected = JSON.parse(text);
    } catch {
      expected = null;
    }
    if (!file || expected?.index !== index || file.bytes !== file.size) {
      this.stop('failed', 'us', 'protocol');
      return;
    }
    if (this.#blockBytes > 0) this.#storeBlock(file);
    this.#afterWork(() => this.#finish(file, index, expected.sha256));
  }

  #storeBlock(file) {
    const full = this.#blockBytes === BLOCK_BYTES;
    const block = full ? this.#block : this.#block.slice(0, this.#blockBytes);
    this.#block = null;
    this.#blockBytes = 0;
    this.#afterWork(async () => {
      await this.#store(file, block);
      this.#storedBytes += block.length;
      await this.#hasher.update(block.buffer);
      this.tell('stored', { bytes: this.#storedBytes });
    });
  }

  async #store(file, block) {
    if (!this.#openSink) {
      this.#parts.push(new Blob([block]));
      return;
    }
    this.#sink ??= await this.#openSink(file);
    await this.#sink.write(block.slice());
  }

  async #finish(file, index, expectedSha256) {
    const sha256 = await this.#hasher.hexDigest();
    if (sha256 !== expectedSha256) {
      this.stop('failed', 'us', 'corrupt');
      return;
    }
    await this.#keep(file);
    file.sha256 = sha256;
    file.verified = true;
    this.tell('verified', { index });
    if (index === this.files.length - 1) this.enter('done');
    else this.dispatchEvent(new CustomEvent('change'));
  }

  /** The type the sender named is not believed: a page of a stranger must not open as one of ours. */
  async #keep(file) {
    if (!this.#openSink) {
      file.blob = new Blob(this.#parts.splice(0), { type: 'application/octet-stream' });
      return;
    }
    const sink = this.#sink ?? (await this.#openSink(file));
    this.#sink = null;
    await sink.close();
  }

  /** One step after the other, and none after the end. */
  #afterWork(step) {
    this.#work = this.#work
      .then(() => (this.ended ? undefined : step()))
      .catch((error) => {
        if (this.ended) return;
        console.warn('A file could not be stored:', error);
        this.stop('failed', 'us', 'storage');
      });
  }
}
