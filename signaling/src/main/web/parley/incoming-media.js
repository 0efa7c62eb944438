/** The streams of media one member sends to us: when one begins, and when its last track is gone. */
export class IncomingMedia {
  #streams = new Set();
  #began;
  #ended;

  /**
   * @param {(stream: MediaStream) => void} began
   * @param {(stream: MediaStream) => void} ended
   */
  constructor(began, ended) {
    this.#began = began;
    this.#ended = ended;
  }

  get streams() {
    return [...this.#streams];
  }

  /** @param {RTCTrackEvent} event */
  take({ streams }) {
    for (const stream of streams) {
      if (this.#streams.has(stream)) continue;
      this.#streams.add(stream);
      stream.addEventListener('removetrack', () => stream.getTracks().length === 0 && this.#end(stream));
      this.#began(stream);
    }
  }

  /** The connection they came over is no more. */
  clear() {
    for (const stream of this.streams) this.#end(stream);
  }

  #end(stream) {
    if (this.#streams.delete(stream)) this.#ended(stream);
  }
}
