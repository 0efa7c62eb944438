/** A line to the hub over a WebSocket. */

const SUBPROTOCOL = 'parley.v1';

/** Close codes: the first ends the session; after the second, as after a loss, another connection goes on with it. */
const IN_ORDER = 1000;
const LOST = 4000;

/**
 * What every line has: `transport`; `send(text)`; `close(inOrder)`, after which it calls nobody; and whom it
 * calls: `onopen()`, `onmessage(message)`, `onclose({code, reason})`, `ontransport()`.
 */
export class WebSocketLine {
  transport = 'websocket';
  onopen = () => {};
  onmessage = () => {};
  onclose = () => {};
  ontransport = () => {};
  #socket;

  /** @param {string} url of the hub */
  constructor(url) {
    const socket = new WebSocket(url, SUBPROTOCOL);
    this.#socket = socket;
    socket.onopen = () => this.#socket && this.onopen();
    socket.onmessage = (event) => this.#socket && this.onmessage(JSON.parse(event.data));
    socket.onclose = (event) => this.#socket && this.onclose(event);
  }

  send(text) {
    if (this.#socket?.readyState === WebSocket.OPEN) this.#socket.send(text);
  }

  /** @param {boolean} inOrder whether the session ends with it */
  close(inOrder) {
    const socket = this.#socket;
    this.#socket = null;
    socket?.close(inOrder ? IN_ORDER : LOST);
  }
}
