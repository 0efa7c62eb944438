/** Speed and remaining time of something that grows. */

const WINDOW_MILLIS = 5_000;

/** Averages over the last five seconds: steady to look at, and quick to notice a stall. */
export class Speedometer {
  #samples = [];

  /**
   * Notes how far it is.
   * @param {number} bytes since the start
   * @param {number} nowMillis a clock that only goes forward
   */
  note(bytes, nowMillis) {
    this.#samples.push({ bytes, nowMillis });
    while (this.#samples.length > 2 && this.#samples[1].nowMillis <= nowMillis - WINDOW_MILLIS)
      this.#samples.shift();
  }

  /** @returns {number} bytes per second; 0 until two moments are known */
  get bytesPerSecond() {
    const first = this.#samples[0];
    const last = this.#samples.at(-1);
    if (!first || last.nowMillis === first.nowMillis) return 0;
    return ((last.bytes - first.bytes) * 1000) / (last.nowMillis - first.nowMillis);
  }

  /**
   * @param {number} remainingBytes still to come
   * @returns {number | null} seconds, or null while nothing moves
   */
  remainingSeconds(remainingBytes) {
    const speed = this.bytesPerSecond;
    return speed > 0 ? remainingBytes / speed : null;
  }
}
