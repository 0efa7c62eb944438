/** The door: what hosts settle of it, who knocks; and the page of the one who waits. */
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
    const bind = (toggle, key) =>
      toggle.addEventListener('change', () => room.configure({ [key]: toggle.checked }), { signal });
    bind(byId('waiting-room'), 'waitingRoom');
    bind(byId('relay-room'), 'relayOnly');
    byId('knock-list').replaceChildren();
    this.#update();
  }

  #update() {
    const { role, state, settings, knocks } = this.#room;
    byId('waiting').hidden = state !== 'waiting';
    byId('room').hidden = state === 'waiting';
    for (const id of ['door-switch', 'relay-switch']) byId(id).hidden = role !== 'host' || state === 'waiting';
    byId('waiting-room').checked = settings?.waitingRoom ?? false;
    byId('relay-room').checked = settings?.relayOnly ?? false;
    byId('relay-only').disabled = settings?.relayOnly ?? false;
    byId('relay-only').checked = this.#room.iceTransportPolicy === 'relay';
    byId('relay-note').hidden = !settings?.relayOnly;
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
