/** Tells in good time that what a session was admitted with is about to end. */
const LEAD_SECONDS_MAX = 60;

/** Longer timers fire at once in some browsers. */
const TIMER_MILLIS_MAX = 2 ** 31 - 1;

export class TokenClock {
  #expiring;
  #timer;

  /** @param {(expiresInSeconds: number) => void} expiring called once for each end: a minute before, or half-way */
  constructor(expiring) {
    this.#expiring = expiring;
  }

  /** @param {number} [seconds] until the end; without it there is none */
  set(seconds) {
    this.stop();
    if (seconds === undefined) return;
    const lead = Math.min(LEAD_SECONDS_MAX, seconds / 2);
    const millis = Math.min((seconds - lead) * 1000, TIMER_MILLIS_MAX);
    this.#timer = setTimeout(() => this.#expiring(Math.round(lead)), millis);
  }

  stop() {
    clearTimeout(this.#timer);
  }
}
