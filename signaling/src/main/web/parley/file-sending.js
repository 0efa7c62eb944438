/** The sending end of a file transfer. */
import { BLOCK_BYTES, CHANNEL_PREFIX, FileTransfer, WINDOW_BYTES } from './file-transfer.js';
import { Hasher } from './hasher.js';

/** All browsers take messages of this size; larger ones block others on the same connection. */
const MESSAGE_BYTES = 64 * 1024;

/** Sending pauses above the first and goes on below the second. */
const BUFFER_HIGH_BYTES = 4 * BLOCK_BYTES;
const BUFFER_LOW_BYTES = BLOCK_BYTES;

/** Reads the files piece by piece, never faster than the other side stores them. */
export class FileSending extends FileTransfer {
  #sources;
  #channel = null;
  #hasher = null;
  #sentBytes = 0;
  #storedBytes = 0;
  #moved = () => {};

  /**
   * @param {string} id
   * @param {import('./member.js').Member} member
   * @param {File[]} sources
   */
  constructor(id, member, sources) {
    super({ id, direction: 'send', member, files: sources });
    this.#sources = sources;
    this.tell('offer', { files: this.files.map(({ name, size, type }) => ({ name, size, type })) });
  }

  /** The other side wants it. */
  accepted() {
    if (this.state !== 'offered') return;
    this.enter('active');
    this.#stream().catch((error) => {
      if (this.ended) return;
      console.warn('A file could not be sent:', error);
      this.stop('failed', 'us', error.name === 'InvalidStateError' ? 'connection-lost' : 'unreadable');
    });
  }

  declined() {
    if (this.state === 'offered') this.enter('declined', 'them');
  }

  /** The other side has stored so many bytes of all files. */
  stored(bytes) {
    if (Number.isSafeInteger(bytes) && bytes > this.#storedBytes)
      this.#storedBytes = Math.min(bytes, this.#sentBytes);
    this.#moved();
  }

  /** The other side has compared the hash of a file. */
  verified(index) {
    const file = this.files[index];
    if (this.state !== 'active' || !file?.sha256) return;
    file.verified = true;
    file.bytes = file.size;
    if (this.files.every((each) => each.verified)) this.enter('done');
  }

  enter(state, endedBy, reason) {
    super.enter(state, endedBy, reason);
    if (!this.ended) return;
    this.#moved();
    this.#hasher?.close();
    this.#channel?.close();
  }

  async #stream() {
    this.#hasher = new Hasher();
    const channel = this.member.openChannel(CHANNEL_PREFIX + this.id);
    this.#channel = channel;
    channel.bufferedAmountLowThreshold = BUFFER_LOW_BYTES;
    channel.onbufferedamountlow = () => this.#moved();
    channel.onopen = () => this.#moved();
    channel.onclose = () => this.channelClosed();
    await this.#until(() => channel.readyState === 'open');
    for (const [index, source] of this.#sources.entries()) {
      if (this.ended) return;
      await this.#sendFile(index, source);
    }
  }

  async #sendFile(index, source) {
    const file = this.files[index];
    let hashed = Promise.resolve();
    for (let offset = 0; offset < file.size; offset += BLOCK_BYTES) {
      const block = await source.slice(offset, Math.min(offset + BLOCK_BYTES, file.size)).arrayBuffer();
      await this.#sendBlock(file, block);
      if (this.ended) return;
      await hashed;
      hashed = this.#hasher.update(block);
    }
    await hashed;
    file.sha256 = await this.#hasher.hexDigest();
    if (!this.ended) this.#channel.send(JSON.stringify({ type: 'end', index, sha256: file.sha256 }));
  }

  async #sendBlock(file, block) {
    const channel = this.#channel;
    const messageBytes = Math.min(MESSAGE_BYTES, this.member.connection?.sctp?.maxMessageSize || MESSAGE_BYTES);
    for (let offset = 0; offset < block.byteLength; offset += messageBytes) {
      await this.#until(
        () => channel.bufferedAmount < BUFFER_HIGH_BYTES && this.#sentBytes - this.#storedBytes < WINDOW_BYTES,
      );
      if (this.ended) return;
      const piece = new Uint8Array(block, offset, Math.min(messageBytes, block.byteLength - offset));
      channel.send(piece);
      this.#sentBytes += piece.length;
      file.bytes += piece.length;
    }
  }

  /** Bytes that left this side, rather than bytes that wait in the channel's buffer. */
  get bytes() {
    return Math.max(0, super.bytes - (this.ended ? 0 : (this.#channel?.bufferedAmount ?? 0)));
  }

  /** Waits for the condition, or for the end of the transfer. */
  async #until(condition) {
    while (!this.ended && !condition()) await new Promise((resolve) => (this.#moved = resolve));
  }
}
