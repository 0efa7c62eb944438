/** Reads from a connection's statistics which way its packets go. */

/**
 * @typedef {object} Path
 * @property {boolean} relayed true if either end of the selected pair is a relayed candidate
 * @property {'udp' | 'tcp' | 'tls'} protocol what this browser speaks: to its relay if it uses one, else to
 *     the other side
 * @property {string} localType this side's candidate type: host, srflx, prflx or relay
 * @property {string} remoteType the other side's candidate type
 * @property {number | null} roundTripMillis null until it has been measured
 */

/**
 * Finds the path of the selected candidate pair.
 * @param {Map<string, any> | RTCStatsReport} report of `RTCPeerConnection.getStats()`
 * @returns {Path | null} null while no pair is selected
 */
export function pathFromStats(report) {
  const pair = findSelectedPair(report);
  const local = pair && report.get(pair.localCandidateId);
  const remote = pair && report.get(pair.remoteCandidateId);
  if (!local || !remote) return null;
  return {
    relayed: local.candidateType === 'relay' || remote.candidateType === 'relay',
    protocol: (local.candidateType === 'relay' && local.relayProtocol) || local.protocol || 'udp',
    localType: local.candidateType,
    remoteType: remote.candidateType,
    roundTripMillis: pair.currentRoundTripTime === undefined ? null : Math.round(pair.currentRoundTripTime * 1000),
  };
}

function findSelectedPair(report) {
  const all = [...report.values()];
  const transport = all.find((entry) => entry.type === 'transport' && entry.selectedCandidatePairId);
  if (transport) return report.get(transport.selectedCandidatePairId);
  // Firefox has no transport entry, but marks the pair itself.
  const pairs = all.filter((entry) => entry.type === 'candidate-pair' && entry.state === 'succeeded');
  return pairs.find((pair) => pair.selected) ?? pairs.find((pair) => pair.nominated);
}
