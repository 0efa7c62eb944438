/** Chooses how to reach the hub next: over a WebSocket, or over plain HTTP where those do not get through. */
import { HttpLine } from './http-line.js';
import { WebSocketLine } from './web-socket-line.js';

/** WebSockets that fail in a row before HTTP is tried; then it begins anew. */
const WEB_SOCKET_TRIES = 2;

export class Ways {
  #url;
  #line = null;
  #worked = false;
  #failures = 0;
  #httpWorks = false;
  #polls = false;

  /** @param {string} url of the hub's WebSocket */
  constructor(url) {
    this.#url = url;
  }

  /** The line to try now. */
  next() {
    const http = this.#httpWorks || this.#failures >= WEB_SOCKET_TRIES;
    return this.take(http ? new HttpLine(this.#url, { polls: this.#polls }) : this.webSocket());
  }

  webSocket() {
    return new WebSocketLine(this.#url);
  }

  take(line) {
    this.#line = line;
    this.#worked = false;
    return line;
  }

  /** The hub has said something over the present line. */
  worked() {
    this.#worked = true;
    this.#failures = 0;
    this.#httpWorks = this.#line.transport !== 'websocket';
    this.#polls = this.#line.transport === 'polling';
  }

  /** @param {boolean} silent whether the present line was open, and nothing came */
  lost(silent) {
    if (this.#worked) return;
    if (this.#line.transport !== 'websocket') this.#failures = 0;
    else this.#failures += silent ? WEB_SOCKET_TRIES : 1;
    this.#httpWorks = false;
  }
}
