/** A socket whose other end is the test. */
export class FakeSocket {
  static CONNECTING = 0;
  static OPEN = 1;
  static CLOSED = 3;
  static opened = [];
  readyState = FakeSocket.OPEN;
  sent = [];

  constructor(url, subprotocol) {
    Object.assign(this, { url, subprotocol });
    FakeSocket.opened.push(this);
  }

  send(text) {
    this.sent.push(JSON.parse(text));
  }

  close(code) {
    this.closedWith = code;
    this.readyState = FakeSocket.CLOSED;
  }

  opens() {
    this.onopen();
  }

  hubSays(message) {
    this.onmessage({ data: JSON.stringify(message) });
  }

  hubCloses(code, reason = '') {
    this.readyState = FakeSocket.CLOSED;
    this.onclose({ code, reason });
  }
}

/** Before each test. */
export function installFakeSocket() {
  globalThis.WebSocket = FakeSocket;
  globalThis.addEventListener = globalThis.removeEventListener = () => {};
  FakeSocket.opened = [];
}
