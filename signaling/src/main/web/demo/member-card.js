/** One member of the room, as a card that takes files. */
import { acceptDrops } from './drop.js';
import { fromTemplate, setText, showAvatar } from './dom.js';
import { memberName, memberStateText, pathExplanation, pathText } from './texts.js';

/** After this time without a path, people want to know what may be wrong. */
const PATIENCE_MILLIS = 15_000;

/** Shows a member; `data-state`, `data-path` and `data-protocol` of its element say the same to tests. */
export class MemberCard {
  #member;
  #room;
  #part;
  #waitingSince = performance.now();
  #patience = 0;

  /**
   * @param {import('../parley/member.js').Member} member
   * @param {import('../parley/room.js').Room} room where a host may send the member out
   * @param {(member: import('../parley/member.js').Member, files: File[], folders: number) => void} send
   */
  constructor(member, room, send) {
    this.#member = member;
    this.#room = room;
    const { root, part } = fromTemplate('member-template');
    this.root = root;
    this.#part = part;
    part('remove').addEventListener('click', () => room.kick(member));
    const input = part('file');
    part('send').addEventListener('click', () => input.click());
    input.addEventListener('change', () => {
      send(member, [...input.files], 0);
      input.value = '';
    });
    acceptDrops(
      root,
      () => this.#ready,
      (files, folders) => send(member, files, folders),
    );
    this.update();
  }

  get #ready() {
    return this.#member.state === 'connected';
  }

  /** Shows what is true now. */
  update() {
    const member = this.#member;
    const name = memberName(member);
    this.root.dataset.id = member.id;
    this.root.dataset.state = member.state;
    this.root.dataset.present = String(member.present);
    showAvatar(this.#part('avatar'), name);
    setText(this.#part('name'), name);
    setText(this.#part('state'), memberStateText(member));
    this.#part('send').disabled = !this.#ready;
    this.#part('send').setAttribute('aria-label', `Send files to ${name}`);
    this.#part('remove').hidden = this.#room.role !== 'host';
    this.#part('remove').setAttribute('aria-label', `Send ${name} out of the room`);
    this.#part('file').setAttribute('aria-label', `Files for ${name}`);
    this.#updatePath(member.path);
    this.#updateHint();
  }

  /** The card is no longer shown. */
  close() {
    clearTimeout(this.#patience);
    this.root.remove();
  }

  #updatePath(path) {
    const badge = this.#part('badge');
    badge.hidden = !path;
    if (!path) {
      delete this.root.dataset.path;
      delete this.root.dataset.protocol;
      return;
    }
    this.root.dataset.path = path.relayed ? 'relayed' : 'direct';
    this.root.dataset.protocol = path.protocol;
    setText(badge, pathText(path));
    badge.title = pathExplanation(path);
    badge.setAttribute('aria-label', `${pathText(path)}. ${pathExplanation(path)}`);
  }

  #updateHint() {
    clearTimeout(this.#patience);
    const hint = this.#part('hint');
    if (this.#ready) this.#waitingSince = performance.now();
    const waitedMillis = performance.now() - this.#waitingSince;
    hint.hidden = this.#ready || waitedMillis < PATIENCE_MILLIS;
    setText(
      hint,
      'No path yet. A firewall may block it, or the relay of this server is not reachable from one of you.',
    );
    if (!this.#ready && hint.hidden)
      this.#patience = setTimeout(() => this.#updateHint(), PATIENCE_MILLIS - waitedMillis);
  }
}
