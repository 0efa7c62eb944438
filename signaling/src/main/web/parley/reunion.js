/**
 * Finds out, after the hub was lost, which of the members now in the room are those we still have a connection
 * with.
 */
import { findProven, proofs } from './kept-links.js';

/** How long the other side has to say that it kept the connection. */
const ANSWER_MILLIS = 5_000;

/**
 * Whoever joins again asks everybody: `{resume: [proofs]}`. Whoever recognises its connection in one of the
 * proofs answers
 * `{resumed: [proof]}`, all others `{resumed: []}`. Meanwhile those that may be old acquaintances are not
 * shown as new.
 */
export class Reunion {
  #members;
  #signal;
  #begin;
  #admit;
  #takeBack;
  #ownId = '';
  #expectedById = new Map();

  /**
   * @param {object} room
   * @param {Map<string, import('./member.js').Member>} room.members
   * @param {(to: string, data: object) => void} room.signal
   * @param {(record: import('./signaling.js').MemberRecord) => void} room.begin begins a connection to a member
   * @param {(record: import('./signaling.js').MemberRecord) => void} room.admit takes somebody in who will
   *     begin one to us
   * @param {(member: import('./member.js').Member, id: string, record?: object) => void} room.takeBack gives a
   *     member we have a connection with its new id
   */
  constructor({ members, signal, begin, admit, takeBack }) {
    this.#members = members;
    this.#signal = signal;
    this.#begin = begin;
    this.#admit = admit;
    this.#takeBack = takeBack;
  }

  /** We joined, and these were in the room. */
  joined(records, ownId) {
    this.#ownId = ownId;
    const kept = this.#keptMembers();
    for (const record of records) {
      if (kept.length === 0) {
        this.#begin(record);
        continue;
      }
      const known = kept.find((member) => member.id === record.id);
      this.#signal(record.id, { resume: proofs(known ? [known] : kept, ownId) });
      this.#expect(record, this.#begin);
    }
  }

  /** Somebody came; perhaps one of those we still have a connection with, and that will be known in a moment. */
  came(record) {
    const awaited = this.#keptMembers().some((member) => !member.present);
    if (awaited) this.#expect(record, this.#admit);
    else this.#admit(record);
  }

  updated(record) {
    const expected = this.#expectedById.get(record.id);
    if (expected) Object.assign(expected.record, record);
  }

  left(id) {
    clearTimeout(this.#expectedById.get(id)?.timer);
    this.#expectedById.delete(id);
  }

  /** It is somebody new after all. */
  admitNow(id) {
    const expected = this.#expectedById.get(id);
    this.left(id);
    expected?.admit(expected.record);
  }

  /** @returns {boolean} whether the signal was about this */
  signalled(from, { resume, resumed }) {
    const shown = resume ?? resumed;
    if (!Array.isArray(shown)) return false;
    const member = findProven(this.#keptMembers(), from, shown);
    if (member) {
      const record = this.#expectedById.get(from)?.record;
      this.left(from);
      this.#takeBack(member, from, record);
    }
    if (resume) this.#signal(from, { resumed: member ? proofs([member], this.#ownId) : [] });
    else if (!member) this.admitNow(from);
    return true;
  }

  close() {
    for (const id of [...this.#expectedById.keys()]) this.left(id);
  }

  #keptMembers() {
    return [...this.#members.values()].filter((member) => member.kept);
  }

  #expect(record, admit) {
    const timer = setTimeout(() => this.admitNow(record.id), ANSWER_MILLIS);
    this.#expectedById.set(record.id, { record, admit, timer });
  }
}
