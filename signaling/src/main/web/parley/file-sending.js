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
  #hashedBytes = 0;
  #sentBytes = 0;
  #storedBytes = 0;
  #moved = () => {};
  #course = 0;
  #work = Promise.resolve();

  /**
   * @param {string} id
   * @param {import('./member.js').Member} member
   * @param {File[]} sources
   */
  constructor(id, member, sources) {
    super({ id, direction: 'send', member, files: sources });
    this.#sources = sources;
    this.#offer();
  }

  /** The other side wants it. */
  accepted() {
    if (this.state !== 'offered') return;
    this.enter('active');
    this.#begin(0, 0);
  }

  declined() {
    if (this.state === 'offered') this.enter('declined', 'them');
  }

  /** There is a new connection. */
  continue() {
    if (this.state === 'offered') this.#offer();
    else if (this.state === 'interrupted') this.tell('continue');
  }

  /**
   * The other side says where to go on.
   * @param {{index?: unknown, bytes?: unknown, stored?: unknown}} position the file it waits for, how much of it it
   *     has, and how much of all it has stored
   */
  resumed({ index, bytes, stored }) {
    if (this.state !== 'interrupted') return;
    if (!this.#wasSent(index, bytes)) {
      this.stop('failed', 'us', 'protocol');
      return;
    }
    this.files.forEach((file, at) => {
      if (at >= index) file.bytes = at === index ? bytes : 0;
    });
    this.#sentBytes = this.files.reduce((sum, file) => sum + file.bytes, 0);
    this.stored(stored);
    this.enter('active');
    this.#begin(index, bytes);
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
    if (this.ended || !file?.sha256) return;
    file.verified = true;
    file.bytes = file.size;
    if (this.files.every((each) => each.verified)) this.enter('done');
  }

  enter(state, endedBy, reason) {
    super.enter(state, endedBy, reason);
    if (state === 'active') return;
    this.#course++;
    this.#moved();
    this.#channel?.close();
    this.#channel = null;
    if (this.ended) this.#hasher?.close();
  }

  #offer() {
    this.tell('offer', { files: this.files.map(({ name, size, type }) => ({ name, size, type })) });
  }

  #wasSent(index, bytes) {
    if (!Number.isSafeInteger(index) || !Number.isSafeInteger(bytes) || index < 0 || bytes < 0) return false;
    const whole = this.files.slice(0, index).every((file) => file.sha256 !== null);
    return whole && index <= this.files.length && bytes <= (this.files[index]?.bytes ?? 0);
  }

  /** One course after the other: the one before stops as soon as it notices that it is not the present one. */
  #begin(index, offset) {
    const course = ++this.#course;
    this.#work = this.#work
      .then(() => this.#stream(course, index, offset))
      .catch((error) => {
        if (course !== this.#course) return;
        console.warn('A file could not be sent:', error);
        this.stop('failed', 'us', error.name === 'InvalidStateError' ? 'connection-lost' : 'unreadable');
      });
  }

  async #stream(course, first, offset) {
    if (course !== this.#course) return;
    this.#hasher ??= new Hasher();
    const channel = this.#openChannel();
    await this.#until(course, () => channel.readyState === 'open');
    for (let index = first; index < this.#sources.length && course === this.#course; index++) {
      await this.#sendFile(course, index, index === first ? offset : 0);
    }
  }

  #openChannel() {
    const channel = this.member.openChannel(CHANNEL_PREFIX + this.id);
    this.#channel = channel;
    channel.bufferedAmountLowThreshold = BUFFER_LOW_BYTES;
    channel.onbufferedamountlow = () => this.#moved();
    channel.onopen = () => this.#moved();
    channel.onclose = () => this.channelClosed(() => channel === this.#channel);
    return channel;
  }

  /** Sends from the offset on; what was hashed in an earlier course is not hashed again. */
  async #sendFile(course, index, offset) {
    const file = this.files[index];
    let hashed = Promise.resolve();
    const begun = offset - (offset % BLOCK_BYTES);
    const first = file.sha256 === null ? Math.min(begun, this.#hashedBytes) : begun;
    for (let start = first; start < file.size; start += BLOCK_BYTES) {
      const end = Math.min(start + BLOCK_BYTES, file.size);
      const block = await this.#sources[index].slice(start, end).arrayBuffer();
      await this.#sendBlock(course, file, block, Math.max(0, offset - start));
      await hashed;
      if (course !== this.#course) return;
      if (file.sha256 !== null || start < this.#hashedBytes) continue;
      this.#hashedBytes = end;
      hashed = this.#hasher.update(block);
    }
    await hashed;
    if (course !== this.#course) return;
    if (file.sha256 === null) {
      this.#hashedBytes = 0;
      file.sha256 = await this.#hasher.hexDigest();
    }
    if (course === this.#course) this.#channel.send(JSON.stringify({ type: 'end', index, sha256: file.sha256 }));
  }

  async #sendBlock(course, file, block, from) {
    const channel = this.#channel;
    const messageBytes = Math.min(MESSAGE_BYTES, this.member.connection?.sctp?.maxMessageSize || MESSAGE_BYTES);
    for (let offset = from; offset < block.byteLength; offset += messageBytes) {
      await this.#until(
        course,
        () => channel.bufferedAmount < BUFFER_HIGH_BYTES && this.#sentBytes - this.#storedBytes < WINDOW_BYTES,
      );
      if (course !== this.#course) return;
      const piece = new Uint8Array(block, offset, Math.min(messageBytes, block.byteLength - offset));
      channel.send(piece);
      this.#sentBytes += piece.length;
      file.bytes += piece.length;
    }
  }

  /** Bytes that left this side, rather than bytes that wait in the channel's buffer. */
  get bytes() {
    if (this.state === 'interrupted') return this.#storedBytes;
    return Math.max(0, super.bytes - (this.ended ? 0 : (this.#channel?.bufferedAmount ?? 0)));
  }

  /** Waits for the condition, or for the end of the course. */
  async #until(course, condition) {
    while (course === this.#course && !condition()) await new Promise((resolve) => (this.#moved = resolve));
  }
}
