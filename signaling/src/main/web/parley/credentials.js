/** The ICE servers of the hub, and how long the credentials in them are good for. */
export class Credentials {
  /** @type {RTCIceServer[]} */
  iceServers = [];
  /** @type {number} a moment of `Date.now()` */
  expiresMillis = 0;
  /** @type {number} when the hub sends fresh ones, at half of their life; a moment of `Date.now()` */
  renewsMillis = 0;

  /**
   * @param {{iceServers?: RTCIceServer[], iceServersTtlSeconds?: number}} message of the hub
   * @param {number} [nowMillis]
   */
  constructor({ iceServers, iceServersTtlSeconds } = {}, nowMillis = Date.now()) {
    this.iceServers = iceServers ?? [];
    const lifeMillis = (iceServersTtlSeconds ?? 0) * 1000;
    this.expiresMillis = nowMillis + lifeMillis;
    this.renewsMillis = nowMillis + lifeMillis / 2;
  }

  /** @returns {boolean} whether a relay would be asked with something else than before */
  differFrom(other) {
    const secrets = ({ iceServers }) => JSON.stringify(iceServers.map((server) => server.credential ?? null));
    return secrets(this) !== secrets(other);
  }
}
