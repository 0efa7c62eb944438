/**
 * A line to the hub over plain HTTP, for networks in which WebSockets do not get through: messages go up in POST
 * requests, one after the other, and come down as a stream of events, or where that is held back as answers to
 * requests that wait for them.
 */

const KEY_HEADER = 'Parley-Session';

/** A stream of which nothing is seen by then is held back by something on the way. */
const STREAM_DEADLINE_MILLIS = 5_000;

/** Twice what the hub lets pass without a sign of life, and a little more. */
const SILENCE_MILLIS = 60_000;

/** A stream that ended sooner did not end for its age. */
const SHORT_STREAM_MILLIS = 1_000;

/** Within the hub's limits for one request. */
const POST_MESSAGES_MAX = 64;
const POST_CHARACTERS_MAX = 20_000;

/** Calls and is called like a `WebSocketLine`. */
export class HttpLine {
  onopen = () => {};
  onmessage = () => {};
  onclose = () => {};
  ontransport = () => {};
  #url;
  #polls;
  #key = null;
  #received = 0;
  #waiting = [];
  #posting = false;
  #closed = new AbortController();

  /**
   * @param {string} url of the hub's WebSocket, beside which the two resources for HTTP are
   * @param {{polls?: boolean}} [options] `polls` when streams are known to be held back
   */
  constructor(url, { polls = false } = {}) {
    this.#url = new URL(url.replace(/^ws/, 'http'));
    this.#polls = polls;
    queueMicrotask(() => this.#closed.signal.aborted || this.onopen());
  }

  /** @returns {'events' | 'polling'} */
  get transport() {
    return this.#polls ? 'polling' : 'events';
  }

  send(text) {
    this.#waiting.push(text);
    if (!this.#posting) this.#postAll();
  }

  /** @param {boolean} inOrder whether the session ends with it */
  close(inOrder) {
    this.#closed.abort();
    if (inOrder && this.#key !== null) sayBye(this.#resource('messages'), this.#key);
  }

  #resource(name) {
    return new URL(name, this.#url);
  }

  async #postAll() {
    this.#posting = true;
    try {
      while (this.#waiting.length > 0 && !this.#closed.signal.aborted) await this.#post();
    } catch {
      this.#lost();
    }
    this.#posting = false;
  }

  async #post() {
    const before = this.#key;
    const options = {
      method: 'POST',
      body: before === null ? this.#waiting.shift() : this.#takeMessages(),
      headers: before === null ? {} : { [KEY_HEADER]: before },
    };
    const { key, messages } = await this.#messages((signal) => this.#request('messages', { ...options, signal }));
    this.#key = key ?? before;
    this.#deliver(messages);
    if (before === null && this.#key !== null) this.#receive();
  }

  #takeMessages() {
    let count = 1;
    let characters = this.#waiting[0].length;
    while (count < Math.min(this.#waiting.length, POST_MESSAGES_MAX)) {
      characters += this.#waiting[count].length;
      if (characters > POST_CHARACTERS_MAX) break;
      count++;
    }
    return this.#waiting.splice(0, count).join('\n');
  }

  async #receive() {
    try {
      while (!this.#closed.signal.aborted) await (this.#polls ? this.#poll() : this.#stream());
    } catch {
      this.#lost();
    }
  }

  async #poll() {
    const { messages } = await this.#messages((signal) => this.#events('application/json', signal));
    this.#deliver(messages);
  }

  async #messages(request) {
    const watch = this.#within(SILENCE_MILLIS);
    try {
      const response = await request(watch.signal);
      return { key: response.headers.get(KEY_HEADER), messages: await response.json() };
    } finally {
      watch.end();
    }
  }

  async #stream() {
    const beganMillis = performance.now();
    const watch = this.#within(STREAM_DEADLINE_MILLIS);
    let seen = false;
    try {
      const response = await this.#events('text/event-stream', watch.signal);
      const events = new EventReader((data) => this.#deliver([JSON.parse(data)]));
      const decoder = new TextDecoder();
      for (let reader = response.body.getReader(); ; ) {
        const { value, done } = await reader.read();
        if (done) break;
        seen = true;
        watch.extend(SILENCE_MILLIS);
        events.add(decoder.decode(value, { stream: true }));
      }
    } catch (error) {
      if (seen || !watch.signal.aborted) throw error;
    } finally {
      watch.end();
    }
    if (this.#closed.signal.aborted) return;
    if (!seen) {
      this.#polls = true;
      this.ontransport();
    } else if (performance.now() - beganMillis < SHORT_STREAM_MILLIS) throw new Error('the stream ended at once');
  }

  #events(accept, signal) {
    const headers = { accept, [KEY_HEADER]: this.#key };
    return this.#request(`events?received=${this.#received}`, { headers, signal, cache: 'no-store' });
  }

  async #request(resource, options) {
    const response = await fetch(this.#resource(resource), { credentials: 'omit', ...options });
    if (!response.ok) throw new Error(`the hub answered ${response.status}`);
    return response;
  }

  /** A signal for one request: it ends with the line, and when nothing comes for too long. */
  #within(millis) {
    const controller = new AbortController();
    const abort = () => controller.abort();
    let timer = setTimeout(abort, millis);
    const end = () => {
      clearTimeout(timer);
      this.#closed.signal.removeEventListener('abort', abort);
    };
    const extend = (more) => {
      clearTimeout(timer);
      timer = setTimeout(abort, more);
    };
    this.#closed.signal.addEventListener('abort', abort);
    controller.signal.addEventListener('abort', end);
    return { signal: controller.signal, extend, end };
  }

  #deliver(messages) {
    for (const message of messages) {
      if (this.#closed.signal.aborted) return;
      if (message.type === 'closed') {
        this.#closed.abort();
        this.onclose(message);
        return;
      }
      if (message.type === 'resumed') this.#received = message.after;
      if (message.seq !== undefined) this.#received = message.seq;
      this.onmessage(message);
    }
  }

  #lost() {
    if (this.#closed.signal.aborted) return;
    this.#closed.abort();
    this.onclose({ code: 1006, reason: '' });
  }
}

/**
 * Ends a session. Sent even when the page goes away. No beacon, since some browsers send those without the
 * origin of the page; and without a header, so that no other request has to go before it: the key is in the message.
 * @param {URL} url of the messages
 * @param {string} key of the session
 */
export function sayBye(url, key) {
  const body = JSON.stringify({ type: 'bye', session: key });
  fetch(url, { method: 'POST', keepalive: true, credentials: 'omit', body }).catch(() => {});
}

/** Takes the text of a stream of events apart; only data counts here. */
class EventReader {
  #text = '';
  #deliver;

  constructor(deliver) {
    this.#deliver = deliver;
  }

  add(text) {
    const lines = (this.#text + text).split('\n');
    this.#text = lines.pop();
    for (const line of lines) if (line.startsWith('data: ')) this.#deliver(line.slice(6));
  }
}
