/** Brings together the messages about files with the transfers they belong to; one desk for each member. */
import { FILES_PER_OFFER, readOffer } from './file-offer.js';
import { FileReceiving } from './file-receiving.js';
import { FileSending } from './file-sending.js';
import { CHANNEL_PREFIX } from './file-transfer.js';
import { ParleyError } from './error.js';
import { randomText } from './random.js';

/** Transfers a member may have offered or running towards us; more are declined at once. */
const RECEIVING_AT_ONCE = 16;

/** Ended transfers whose end the sender may not have heard of. */
const ENDS_KEPT = 64;

/** Ended transfers are forgotten here, but for how they ended; whoever shows them keeps them. */
export class FileDesk {
  #member;
  #sendingById = new Map();
  #receivingById = new Map();
  #endById = new Map();

  /** @param {import('./member.js').Member} member */
  constructor(member) {
    this.#member = member;
  }

  get transfers() {
    return [...this.#sendingById.values(), ...this.#receivingById.values()];
  }

  /** Offers files to the member. */
  offer(files) {
    const sources = [...files];
    if (sources.length === 0) throw new ParleyError('no-files', 'Choose at least one file.');
    if (sources.length > FILES_PER_OFFER) {
      throw new ParleyError(
        'too-many-files',
        `Send at most ${FILES_PER_OFFER} files at once, or pack them into one.`,
      );
    }
    if (!this.#member.link?.controlOpen) {
      throw new ParleyError(
        'not-connected',
        'There is no connection to this member yet. Wait a moment and try again.',
      );
    }
    const transfer = new FileSending(randomText(16), this.#member, sources);
    this.#keep(this.#sendingById, transfer);
    return transfer;
  }

  /** Takes a message about files. */
  receive(message) {
    const sending = this.#sendingById.get(message.transfer);
    const receiving = this.#receivingById.get(message.transfer);
    switch (message.type) {
      case 'file-offer':
        this.#offered(message, receiving);
        break;
      case 'file-continue':
        if (receiving) receiving.continue();
        else this.#tellEnd(message.transfer);
        break;
      case 'file-resume':
        sending?.resumed(message);
        break;
      case 'file-accept':
        sending?.accepted();
        break;
      case 'file-decline':
        sending?.declined();
        break;
      case 'file-stored':
        sending?.stored(message.bytes);
        break;
      case 'file-verified':
        sending?.verified(message.index);
        break;
      case 'file-cancel':
        (message.role === 'sender' ? receiving : sending)?.stoppedByOther(message.reason);
        break;
      default: // from a newer version
    }
  }

  /** @returns {boolean} whether the channel belongs to a transfer */
  takeChannel(channel) {
    if (!channel.label.startsWith(CHANNEL_PREFIX)) return false;
    const transfer = this.#receivingById.get(channel.label.slice(CHANNEL_PREFIX.length));
    if (transfer) transfer.takeChannel(channel);
    else channel.close();
    return true;
  }

  connectionLost() {
    for (const transfer of this.transfers) transfer.connectionLost();
  }

  /** There is a new connection: what the old one broke off goes on over it. */
  connectionRestored() {
    for (const transfer of this.transfers) transfer.awaitContinuation();
    for (const transfer of this.#sendingById.values()) transfer.continue();
  }

  memberGone() {
    for (const transfer of this.transfers) transfer.memberGone();
  }

  #offered(message, receiving) {
    if (receiving) {
      receiving.offeredAgain();
      return;
    }
    if (this.#endById.has(message.transfer)) {
      this.#tellEnd(message.transfer);
      return;
    }
    const files = readOffer(message);
    if (typeof message.transfer !== 'string' || !files || this.#receivingById.size >= RECEIVING_AT_ONCE) {
      this.#member.sendControl({ type: 'file-decline', transfer: message.transfer });
      return;
    }
    const transfer = new FileReceiving(message.transfer, this.#member, files);
    this.#keep(this.#receivingById, transfer);
    this.#member.dispatchEvent(new CustomEvent('offer', { detail: transfer }));
  }

  /** The sender asks about a transfer that has ended here, so it did not hear of it. */
  #tellEnd(id) {
    const end = this.#endById.get(id);
    const tell = (what, details) => this.#member.sendControl({ type: `file-${what}`, transfer: id, ...details });
    if (end?.state === 'done') for (let index = 0; index < end.files; index++) tell('verified', { index });
    else if (end?.state === 'declined') tell('decline');
    else tell('cancel', { role: 'receiver', reason: end?.state === 'cancelled' ? 'cancelled' : 'connection-lost' });
  }

  #rememberEnd({ id, state, files }) {
    this.#endById.set(id, { state, files: files.length });
    if (this.#endById.size > ENDS_KEPT) this.#endById.delete(this.#endById.keys().next().value);
  }

  #keep(transfersById, transfer) {
    transfersById.set(transfer.id, transfer);
    transfer.addEventListener('change', () => {
      if (transfer.ended && transfersById.delete(transfer.id) && transfer.direction === 'receive')
        this.#rememberEnd(transfer);
    });
    this.#member.dispatchEvent(new CustomEvent('transfer', { detail: transfer }));
  }
}
