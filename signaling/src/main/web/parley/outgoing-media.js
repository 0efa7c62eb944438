/** The tracks of media this member sends to all others: to those who are here, and to whoever comes later. */
export class OutgoingMedia {
  #members;
  #sent = [];

  /** @param {Map<string, import('./member.js').Member>} members of the room */
  constructor(members) {
    this.#members = members;
  }

  /** @returns {{track: MediaStreamTrack, streams: MediaStream[]}[]} for connections that begin now */
  get tracks() {
    return this.#sent;
  }

  add(track, streams) {
    if (this.#sent.some((sent) => sent.track === track)) return;
    this.#sent.push({ track, streams });
    this.#members.forEach((member) => member.link?.addTrack(track, streams));
  }

  remove(track) {
    this.#sent = this.#sent.filter((sent) => sent.track !== track);
    this.#members.forEach((member) => member.link?.removeTrack(track));
  }

  /** Another track in the place of one, such as from another camera; nothing is negotiated anew. */
  async replace(track, other) {
    for (const sent of this.#sent) if (sent.track === track) sent.track = other;
    await Promise.all([...this.#members.values()].map((member) => member.link?.replaceTrack(track, other)));
  }
}
