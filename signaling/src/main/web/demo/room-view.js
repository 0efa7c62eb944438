/** The page while it is in a room: members, transfers and the controls around them. */
import { Behind } from './behind.js';
import { Call } from './call.js';
import { Chat } from './chat.js';
import { Door } from './door.js';
import { acceptDrops } from './drop.js';
import { announce, byId, setText } from './dom.js';
import { formatFiles } from './format.js';
import { MemberCard } from './member-card.js';
import { closedText, connectionText, memberName, transportText } from './texts.js';
import { TransferCard } from './transfer-card.js';

/** Ended transfers that stay listed; the files of older ones are let go. */
const TRANSFERS_SHOWN = 100;

/** Binds one room to the page; `close` gives the page back. */
export class RoomView {
  #room;
  #notify;
  #cardByMember = new Map();
  #transferCards = [];
  #bound = new AbortController();
  #waited = false;

  /**
   * @param {import('../parley/room.js').Room} room
   * @param {(text: string | null) => void} notify shows a problem, or takes it away
   */
  constructor(room, notify) {
    this.#room = room;
    this.#notify = notify;
    this.#on(room, 'transportchange', (transport) => this.#showTransport(transport));
    this.#on(room, 'statechange', (change) => this.#showState(change));
    this.#on(room, 'memberjoin', (member) => this.#memberJoined(member));
    this.#on(room, 'memberchange', (member) => this.#cardByMember.get(member)?.update());
    this.#on(room, 'memberleave', (member) => this.#memberLeft(member));
    this.#on(room, 'transfer', (transfer) => this.#transferAdded(transfer));
    this.#on(room, 'rolechange', () => this.#cardByMember.forEach((card) => card.update()));
    this.#on(room, 'error', (error) => notify(error.message));
    this.#bindEveryone();
    new Chat(room, this.#bound.signal);
    new Door(room, this.#bound.signal);
    new Call(room, this.#bound.signal, notify);
    new Behind(room, this.#bound.signal);
    this.#showState({ state: room.state });
    this.#showCounts();
  }

  /** Whether something would be lost if the page went away now. */
  get busy() {
    return this.#transferCards.some(({ transfer }) => ['active', 'interrupted'].includes(transfer.state));
  }

  close() {
    this.#room.leave();
    this.#bound.abort();
    this.#cardByMember.forEach((card) => card.close());
    this.#transferCards.forEach(({ card }) => card.close());
    byId('connection').hidden = true;
    this.#showTransport(null);
    setText(byId('member-count'), '0');
  }

  #showTransport(transport) {
    const line = byId('transport');
    line.hidden = transport === null;
    line.dataset.transport = transport ?? '';
    setText(line, transport === null ? '' : transportText(transport));
  }

  #on(target, type, act) {
    target.addEventListener(type, (event) => act(event.detail), { signal: this.#bound.signal });
  }

  #bindEveryone() {
    const input = byId('everyone-file');
    const { signal } = this.#bound;
    byId('everyone-choose').addEventListener('click', () => input.click(), { signal });
    const send = () => {
      this.#send(this.#room, [...input.files], 0);
      input.value = '';
    };
    input.addEventListener('change', send, { signal });
    const anybody = () => [...this.#room.members.values()].some((member) => member.state === 'connected');
    acceptDrops(byId('everyone'), anybody, (files, folders) => this.#send(this.#room, files, folders), signal);
  }

  /** @param {{sendFiles: (files: File[]) => unknown}} target a member, or the room for everyone */
  #send(target, files, folders) {
    this.#notify(
      folders > 0 ? 'A folder cannot be sent. Pack it into one file, such as a ZIP, and send that.' : null,
    );
    if (files.length === 0) return;
    try {
      target.sendFiles(files);
    } catch (error) {
      this.#notify(error.message);
    }
  }

  #showState(change) {
    const line = byId('connection');
    line.hidden = false;
    line.dataset.state = change.state;
    byId('room').dataset.state = change.state;
    byId('again').hidden = change.state !== 'closed';
    if (change.state === 'closed') this.#showTransport(null);
    setText(byId('connection-text'), connectionText(change));
    if (change.state === 'closed' && change.reason !== 'left') {
      this.#notify(closedText(this.#waited ? 'refused' : change.reason));
    }
    this.#waited = change.state === 'waiting';
  }

  #memberJoined(member) {
    const send = (to, files, folders) => this.#send(to, files, folders);
    const card = new MemberCard(member, this.#room, send);
    this.#cardByMember.set(member, card);
    byId('members').append(card.root);
    announce(`${memberName(member)} came in.`);
    this.#showCounts();
  }

  #memberLeft(member) {
    this.#cardByMember.get(member)?.close();
    this.#cardByMember.delete(member);
    announce(`${memberName(member)} is gone.`);
    this.#showCounts();
  }

  #transferAdded(transfer) {
    const card = new TransferCard(transfer);
    this.#transferCards.unshift({ transfer, card });
    byId('transfers').prepend(card.root);
    if (transfer.direction === 'receive') {
      announce(`${memberName(transfer.member)} wants to send you ${formatFiles(transfer.files)}.`);
    }
    this.#on(transfer, 'change', () => this.#transferChanged(transfer));
    this.#showCounts();
  }

  #transferChanged(transfer) {
    if (!transfer.ended) return;
    if (transfer.state === 'done') announce(`${formatFiles(transfer.files)}: complete and verified.`);
    const ended = this.#transferCards.filter((shown) => shown.transfer.ended);
    for (const old of ended.slice(TRANSFERS_SHOWN)) {
      old.card.close();
      this.#transferCards.splice(this.#transferCards.indexOf(old), 1);
    }
  }

  #showCounts() {
    const count = this.#cardByMember.size;
    setText(byId('member-count'), String(count + 1));
    byId('alone').hidden = count > 0;
    byId('everyone').hidden = count === 0;
    byId('no-files').hidden = this.#transferCards.length > 0;
    document.title = count > 0 ? `Parley · ${count + 1} here` : 'Parley';
  }
}
