/** Two ends of a connection between members, which can be cut at any message and made anew. */
import { load } from './web.mjs';

const { FileDesk } = await load('parley/file-desk.js');

export class FakeWire {
  #queue = [];
  #channels = [];
  #deliveries = 0;
  #cuts;
  #up = true;
  cutsMade = 0;

  /** @param {Set<number>} cuts the numbers of the deliveries in whose place the connection breaks */
  constructor(cuts) {
    this.#cuts = cuts;
    this.ann = this.#member();
    this.bob = this.#member();
    this.ann.other = this.bob;
    this.bob.other = this.ann;
  }

  #member() {
    const wire = this;
    const member = new EventTarget();
    member.connection = { sctp: { maxMessageSize: 65_536 } };
    member.link = {
      get controlOpen() {
        return wire.#up;
      },
    };
    member.sendControl = (message) => {
      const text = JSON.stringify(message);
      if (wire.#up) wire.#carry(() => member.other.desk.receive(JSON.parse(text)));
      return wire.#up;
    };
    member.openChannel = (label) => wire.#openChannel(member, label);
    member.desk = new FileDesk(member);
    return member;
  }

  #openChannel(member, label) {
    const ends = [0, 1].map(() => ({ label, readyState: 'connecting', bufferedAmount: 0 }));
    for (const [end, other] of [ends, [...ends].reverse()]) {
      end.send = (data) => {
        if (end.readyState !== 'open') throw new DOMException('closed', 'InvalidStateError');
        const copy = typeof data === 'string' ? data : data.slice().buffer;
        this.#carry(() => other.onmessage?.({ data: copy }));
      };
      end.close = () => (end.readyState = 'closed');
    }
    this.#channels.push(...ends);
    this.#carry(() => {
      for (const end of ends) if (end.readyState === 'connecting') end.readyState = 'open';
      member.other.desk.takeChannel(ends[1]);
      ends[0].onopen?.();
    });
    return ends[0];
  }

  #carry(delivery) {
    this.#queue.push(delivery);
    if (this.#queue.length === 1) setImmediate(() => this.#deliver());
  }

  #deliver() {
    if (this.#cuts.has(this.#deliveries++)) {
      this.#cut();
      return;
    }
    this.#queue[0]?.();
    this.#queue.shift();
    if (this.#queue.length > 0) setImmediate(() => this.#deliver());
  }

  /** What is on its way is lost, on both sides. */
  #cut() {
    this.cutsMade++;
    this.#up = false;
    this.#queue = [];
    for (const channel of this.#channels.splice(0)) channel.readyState = 'closed';
    for (const { desk } of [this.ann, this.bob]) desk.connectionLost();
    setTimeout(() => {
      this.#up = true;
      for (const { desk } of [this.ann, this.bob]) desk.connectionRestored();
    }, 2);
  }
}
