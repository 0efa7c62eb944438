/** Collects what a connection finds on its search for candidates, for the table of the report. */

/**
 * @typedef {object} CandidateRow
 * @property {number} millis since the test began
 * @property {string} way what was tried
 * @property {string} type host, srflx, prflx or relay
 * @property {string} protocol of the candidate itself
 * @property {string} address with its port
 * @property {string} relayProtocol how the relay is reached, for relayed ones
 * @property {string} priority
 * @property {string} foundation
 */

export class CandidateLog {
  /** @type {CandidateRow[]} */
  rows = [];
  /** @type {string[]} */
  errors = [];
  #began = performance.now();

  /**
   * @param {RTCPeerConnection} connection
   * @param {string} way what is tried with it
   */
  watch(connection, way) {
    connection.addEventListener('icecandidate', ({ candidate }) => candidate?.candidate && this.#add(candidate, way));
    connection.addEventListener('icecandidateerror', ({ url, errorCode, errorText }) => {
      const text = `${way}: ${url ?? ''} ${errorCode} ${errorText}`.trim();
      if (!this.errors.includes(text)) this.errors.push(text);
    });
  }

  #add(candidate, way) {
    this.rows.push({
      millis: Math.round(performance.now() - this.#began),
      way,
      type: candidate.type ?? '',
      protocol: candidate.protocol ?? '',
      address: `${bracketed(candidate.address ?? '')}:${candidate.port ?? ''}`,
      relayProtocol: candidate.relayProtocol ?? '',
      priority: String(candidate.priority ?? ''),
      foundation: candidate.foundation ?? '',
    });
  }
}

function bracketed(address) {
  return address.includes(':') ? `[${address}]` : address;
}
