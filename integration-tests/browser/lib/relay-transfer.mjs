/**
 * Runs inside a page: two peer connections that may use nothing but the relay send each other bytes at the same time.
 * The function is sent to the page as text, so everything it needs is inside it.
 * @param {{iceServers: RTCIceServer[], bytes: number}} options
 * @returns {Promise<{sent: string[], received: string[], pairs: string[], seconds: number}>} hashes in hexadecimal
 */
export async function transferThroughRelay({ iceServers, bytes }) {
  const CHUNK_BYTES = 16_384;
  const BUFFER_BYTES = 1_000_000;
  const configuration = { iceServers, iceTransportPolicy: 'relay' };
  const caller = new RTCPeerConnection(configuration);
  const callee = new RTCPeerConnection(configuration);
  const errors = [];
  for (const [connection, other] of [[caller, callee], [callee, caller]]) {
    connection.onicecandidate = ({ candidate }) => candidate && other.addIceCandidate(candidate);
    connection.onicecandidateerror = (event) => errors.push(`${event.url}: ${event.errorCode} ${event.errorText}`);
  }
  const here = caller.createDataChannel('file');
  const there = new Promise((resolve) => (callee.ondatachannel = ({ channel }) => resolve(channel)));
  await caller.setLocalDescription();
  await callee.setRemoteDescription(caller.localDescription);
  await callee.setLocalDescription();
  await caller.setRemoteDescription(callee.localDescription);

  const late = (what) => new Promise((_, reject) =>
    setTimeout(() => reject(new Error(`${what} took too long; ${errors.join(', ')}`)), 60_000));
  const open = (channel) =>
    channel.readyState === 'open' || new Promise((resolve) => (channel.onopen = () => resolve(true)));
  await Promise.race([Promise.all([open(here), there.then(open)]), late('connecting')]);

  const startMillis = performance.now();
  const ends = [here, await there];
  const files = ends.map(() => randomBytes(bytes));
  const received = await Promise.race([
    Promise.all(ends.map((end, index) => Promise.all([collect(end), feed(end, files[index])])))
      .then((results) => results.map(([file]) => file)),
    late('sending'),
  ]);
  const seconds = (performance.now() - startMillis) / 1000;
  const pairs = await Promise.all([caller, callee].map(selectedPair));
  caller.close();
  callee.close();
  return {
    sent: await Promise.all(files.map(hash)),
    received: (await Promise.all(received.map(hash))).reverse(),
    pairs,
    seconds,
  };

  function randomBytes(count) {
    const whole = new Uint8Array(count);
    for (let at = 0; at < count; at += 65_536) crypto.getRandomValues(whole.subarray(at, Math.min(at + 65_536, count)));
    return whole;
  }

  function collect(channel) {
    channel.binaryType = 'arraybuffer';
    const whole = new Uint8Array(bytes);
    let at = 0;
    return new Promise((resolve) => {
      channel.onmessage = ({ data }) => {
        whole.set(new Uint8Array(data), at);
        at += data.byteLength;
        if (at === bytes) resolve(whole);
      };
    });
  }

  async function feed(channel, file) {
    channel.bufferedAmountLowThreshold = BUFFER_BYTES / 2;
    for (let at = 0; at < file.length; at += CHUNK_BYTES) {
      if (channel.bufferedAmount > BUFFER_BYTES) {
        await new Promise((resolve) => (channel.onbufferedamountlow = resolve));
      }
      channel.send(file.subarray(at, at + CHUNK_BYTES));
    }
  }

  async function hash(file) {
    const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', file));
    return [...digest].map((byte) => byte.toString(16).padStart(2, '0')).join('');
  }

  /** Such as "relay tls relay": the type of both candidates, and how the local one reaches its relay. */
  async function selectedPair(connection) {
    // While the browser asks whether the other side is still there, a pair that works is "in-progress" for a moment.
    for (let attempt = 0; attempt < 20; attempt++) {
      const stats = await connection.getStats();
      for (const report of stats.values()) {
        if (report.type !== 'candidate-pair' || !(report.nominated || report.selected)) continue;
        if (report.state !== 'succeeded') continue;
        const local = stats.get(report.localCandidateId);
        const remote = stats.get(report.remoteCandidateId);
        return `${local.candidateType} ${local.relayProtocol} ${remote.candidateType}`;
      }
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
    return 'no pair';
  }
}
