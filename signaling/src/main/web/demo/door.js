/** The waiting room: who knocks, for hosts; and the page of the one who waits. */
import { announce, byId, fromTemplate, setText, showAvatar } from './dom.js';

export class Door {
  #room;
  #rowById = new Map();

  /**
   * @param {import('../parley/room.js').Room} room
   * @param {AbortSignal} signal ends it
   */
  constructor(room, signal) {
    this.#room = room;
    const on = (type, act) => room.addEventListener(type, ({ detail }) => act(detail), { signal });
    on('knock', (knock) => this.#knocked(knock));
    on('knockended', ({ knock }) => this.#remove(knock.id));
    on('roomchange', () => this.#update());
    on('rolechange', () => this.#update());
    on('statechange', () => this.#update());
    const toggle = byId('waiting-room');
    toggle.addEventListener('change', () => room.configure({ waitingRoom: toggle.checked }), { signal });
    byId('knock-list').replaceChildren();
    this.#update();
  }

  #update() {
    const { role, state, settings, knocks } = this.#room;
    byId('waiting').hidden = state !== 'waiting';
    byId('room').hidden = state === 'waiting';
    byId('door-switch').hidden = role !== 'host' || state === 'waiting';
    byId('waiting-room').checked = settings?.waitingRoom ?? false;
    const help = settings?.waitingRoom ? 'can ask to come in' : 'can come in';
    setText(byId('link-help'), `Whoever has this link ${help}.`);
    for (const id of [...this.#rowById.keys()]) if (!knocks.has(id)) this.#remove(id);
    for (const knock of knocks.values()) if (!this.#rowById.has(knock.id)) this.#knocked(knock);
    this.#showList();
  }

  #knocked({ id, name }) {
    if (this.#rowById.has(id)) return;
    const who = name || 'Somebody';
    const { root, part } = fromTemplate('knock-template');
    showAvatar(part('avatar'), who);
    setText(part('name'), who);
    part('admit').setAttribute('aria-label', `Let ${who} in`);
    part('refuse').setAttribute('aria-label', `Refuse ${who}`);
    part('admit').addEventListener('click', () => this.#room.admit(id));
    part('refuse').addEventListener('click', () => this.#room.refuse(id));
    this.#rowById.set(id, root);
    byId('knock-list').append(root);
    announce(`${who} wants to come in.`);
    this.#showList();
  }

  #remove(id) {
    this.#rowById.get(id)?.remove();
    this.#rowById.delete(id);
    this.#showList();
  }

  #showList() {
    byId('knocks').hidden = this.#rowById.size === 0;
  }
}
