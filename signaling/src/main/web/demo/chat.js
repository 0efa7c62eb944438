/** Text to everyone in the room, over the browsers' own connections. */
import { announce, byId, setText } from './dom.js';
import { memberName } from './texts.js';

const LINES_SHOWN = 500;
const CHARACTERS_MAX = 2_000;

export class Chat {
  #room;
  #log = byId('chat-log');

  /**
   * @param {import('../parley/room.js').Room} room
   * @param {AbortSignal} signal ends it
   */
  constructor(room, signal) {
    this.#room = room;
    this.#log.replaceChildren();
    byId('chat-form').addEventListener('submit', (event) => this.#say(event), { signal });
    room.addEventListener('message', ({ detail }) => this.#heard(detail), { signal });
  }

  #say(event) {
    event.preventDefault();
    const input = byId('chat-text');
    const text = input.value.trim();
    if (text === '') return;
    const heardBy = this.#room.broadcast({ chat: text });
    this.#show('You', text, 'own');
    if (heardBy === 0) this.#show('', 'Nobody is connected, so nobody got that.', 'note');
    input.value = '';
    input.focus();
  }

  /** What comes from the other side may be anything. */
  #heard({ member, data }) {
    if (typeof data?.chat !== 'string') return;
    const text = data.chat.slice(0, CHARACTERS_MAX);
    this.#show(memberName(member), text, 'other');
    announce(`${memberName(member)}: ${text}`);
  }

  #show(name, text, kind) {
    const line = document.createElement('li');
    line.dataset.kind = kind;
    line.dataset.test = 'chat-line';
    for (const [className, words] of [['chat-name', name], ['chat-words', text]]) {
      if (words === '') continue;
      const part = document.createElement('span');
      part.className = className;
      setText(part, words);
      line.append(part);
    }
    this.#log.append(line);
    while (this.#log.children.length > LINES_SHOWN) this.#log.firstElementChild.remove();
    this.#log.scrollTop = this.#log.scrollHeight;
  }
}
