/** What is otherwise not seen: the line to the server, its losses, the credentials' clock, and every message. */
import { byId, setText } from './dom.js';
import { lossesText, renewalText, transportName } from './texts.js';
import { masked } from './masked.js';

const MESSAGES_SHOWN = 200;
const TICK_MILLIS = 1_000;

export class Behind {
  #room;
  #wire = byId('wire');
  #state = 'connecting';
  #lost = 0;
  #resumed = 0;

  /**
   * @param {import('../parley/room.js').Room} room
   * @param {AbortSignal} signal ends it
   */
  constructor(room, signal) {
    this.#room = room;
    this.#wire.replaceChildren();
    const on = (type, act) => room.addEventListener(type, ({ detail }) => act(detail), { signal });
    on('transportchange', () => this.#update());
    on('credentialschange', () => this.#update());
    on('statechange', ({ state }) => this.#stateChanged(state));
    on('resumed', () => this.#resumed++);
    on('wire', (wire) => this.#show(wire));
    byId('cut').addEventListener('click', () => room.reconnect(), { signal });
    const clock = setInterval(() => this.#update(), TICK_MILLIS);
    signal.addEventListener('abort', () => clearInterval(clock));
    this.#update();
  }

  /** What fails before the first success is no loss, and one that lasts for several attempts is one. */
  #stateChanged(state) {
    if (state === 'reconnecting' && this.#state === 'joined') this.#lost++;
    this.#state = state;
    this.#update();
  }

  #update() {
    const { transport, state, credentials } = this.#room;
    setText(byId('fact-transport'), transportName(transport, state));
    setText(byId('fact-losses'), lossesText(this.#lost, this.#resumed));
    const relay = credentials.iceServers.some((server) => server.credential);
    setText(byId('fact-credentials'), relay ? renewalText(credentials.renewsMillis - Date.now()) : 'no relay here');
    byId('cut').disabled = state !== 'joined';
  }

  #show({ sent, message }) {
    const line = document.createElement('li');
    line.dataset.sent = String(sent);
    line.dataset.type = message.type;
    const time = new Date().toLocaleTimeString([], { hour12: false });
    line.textContent = `${time} ${sent ? '\u2191' : '\u2193'} ${JSON.stringify(masked(message))}`;
    const atEnd = this.#wire.scrollHeight - this.#wire.scrollTop - this.#wire.clientHeight < 40;
    this.#wire.append(line);
    while (this.#wire.children.length > MESSAGES_SHOWN) this.#wire.firstElementChild.remove();
    if (atEnd) this.#wire.scrollTop = this.#wire.scrollHeight;
  }
}
