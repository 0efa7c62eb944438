/** What went wrong, in a word for programs and a sentence for people. */
export class ParleyError extends Error {
  /**
   * @param {string} code machine word, e.g. `room-full`
   * @param {string} message what happened and what to do
   */
  constructor(code, message) {
    super(message);
    this.name = 'ParleyError';
    this.code = code;
  }
}
