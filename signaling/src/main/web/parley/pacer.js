/** Spreads messages over time, so that joining a full room does not look like a flood to the hub. */

const DEFAULT_MESSAGES_PER_SECOND = 50;

/** The share of the hub's limit that signals may use; the rest is left for joins, updates and pings. */
const SHARE = 0.8;

/** A token bucket that holds one second's worth of messages; what is beyond waits in order. */
export class Pacer {
  #perSecond;
  #deliver;
  #tokens;
  #refilledMillis;
  #queue = [];
  #timer = 0;
  #nowMillis;

  /**
   * @param {number | undefined} messagesPerSecond the hub's limit
   * @param {(message: string) => void} deliver
   * @param {() => number} nowMillis a clock that only goes forward
   */
  constructor(messagesPerSecond, deliver, nowMillis = () => performance.now()) {
    this.#perSecond = Math.max(1, (messagesPerSecond ?? DEFAULT_MESSAGES_PER_SECOND) * SHARE);
    this.#deliver = deliver;
    this.#nowMillis = nowMillis;
    this.#tokens = this.#perSecond;
    this.#refilledMillis = nowMillis();
  }

  /** Delivers now or as soon as the limit allows. */
  add(message) {
    this.#queue.push(message);
    this.#drain();
  }

  /** Forgets what still waits. */
  close() {
    clearTimeout(this.#timer);
    this.#queue = [];
  }

  #drain() {
    clearTimeout(this.#timer);
    const now = this.#nowMillis();
    this.#tokens = Math.min(
      this.#perSecond,
      this.#tokens + ((now - this.#refilledMillis) / 1000) * this.#perSecond,
    );
    this.#refilledMillis = now;
    while (this.#queue.length > 0 && this.#tokens >= 1) {
      this.#tokens--;
      this.#deliver(this.#queue.shift());
    }
    if (this.#queue.length > 0) this.#timer = setTimeout(() => this.#drain(), 1000 / this.#perSecond);
  }
}
