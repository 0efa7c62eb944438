/** A `fetch` whose other end is the test: every request waits in `requests` until it is answered. */
export class FakeRequest {
  constructor(url, options) {
    Object.assign(this, { url: String(url), path: new URL(url).pathname + new URL(url).search, options });
    this.answered = new Promise((resolve, reject) => {
      this.resolve = resolve;
      options.signal?.addEventListener('abort', () => {
        this.aborted = true;
        reject(new Error('aborted'));
        this.#stream?.error(new Error('aborted'));
      });
    });
  }

  #stream = null;

  /** The messages a POST brings. */
  get messages() {
    return this.options.body.split('\n').map((line) => JSON.parse(line));
  }

  get key() {
    return this.options.headers['Parley-Session'] ?? null;
  }

  async answers(messages, key) {
    const headers = key ? { 'Parley-Session': key } : {};
    this.resolve(new Response(JSON.stringify(messages), { status: 200, headers }));
    await settled();
  }

  async fails(status) {
    this.resolve(new Response('{}', { status }));
    await settled();
  }

  /** Begins a stream; without text nothing of it is seen. */
  async streams(text) {
    const body = new ReadableStream({ start: (controller) => (this.#stream = controller) });
    this.resolve(new Response(body, { status: 200 }));
    if (text) await this.says(text);
    else await settled();
  }

  async says(text) {
    this.#stream.enqueue(new TextEncoder().encode(text));
    await settled();
  }

  async ends() {
    this.#stream.close();
    await settled();
  }
}

/** All that can go on without time passing has gone on. */
export async function settled() {
  for (let i = 0; i < 20; i++) await new Promise((resolve) => setImmediate(resolve));
}

/** @returns {FakeRequest[]} all requests from now on */
export function installFakeFetch() {
  const requests = [];
  globalThis.fetch = (url, options) => {
    const request = new FakeRequest(url, options);
    requests.push(request);
    return request.answered;
  };
  return requests;
}
