/**
 * The answers of the credential API as the apps of each service use them, unmodified: a page of another origin
 * fetches them (Twilio's with Twilio's own library), hands them to RTCPeerConnection and finds a relayed address.
 * Arguments: the server, an API key, and the port of the page, whose origin the key admits.
 */
import { createServer } from 'node:http';
import twilio from 'twilio';
import { require, run } from '../lib/run.mjs';

const { Twilio, RequestClient } = twilio;
const [, , , key, port] = process.argv;
const [id, secret] = key.split('.');

/** @type {Record<string, {url: string, options?: object, servers?: string}>} as the services' own guides ask */
const APPS = {
  w3c: { url: `/api/v1/ice-servers`, options: { headers: { authorization: `Bearer ${key}` } } },
  cloudflare: {
    url: `/v1/turn/keys/${id}/credentials/generate-ice-servers`,
    options: {
      method: 'POST',
      headers: { authorization: `Bearer ${secret}`, 'content-type': 'application/json' },
      body: JSON.stringify({ ttl: 600 }),
    },
  },
  metered: { url: `/api/v1/turn/credentials?apiKey=${key}`, servers: 'answer' },
  matrix: {
    url: '/_matrix/client/v3/voip/turnServer',
    options: { headers: { authorization: `Bearer ${key}` } },
    servers: '[{ urls: answer.uris, username: answer.username, credential: answer.password }]',
  },
  draft: {
    url: `/api/v1/ice-servers?service=turn&username=bea&key=${key}`,
    servers: '[{ urls: answer.uris, username: answer.username, credential: answer.password }]',
  },
  whip: {
    url: `/api/v1/ice-servers?format=link`,
    options: { headers: { authorization: `Bearer ${key}` } },
    servers: 'fromLinks(links)',
  },
};

/** Runs in the page: fetches, or takes what it is given, and gathers. */
async function gather({ url, options, servers, given }) {
  const links = (header) =>
    header.split(/, (?=<)/).map((link) => {
      const parameter = (name) => link.match(new RegExp(`; ${name}="([^"]*)"`))?.[1];
      const urls = link.match(/^<([^>]*)>/)[1];
      return { urls, username: parameter('username'), credential: parameter('credential') };
    });
  let configuration = given;
  if (!given) {
    const response = await fetch(url, options);
    const answer = response.status === 204 ? null : await response.json();
    if (!response.ok) throw new Error(`${response.status} ${JSON.stringify(answer)}`);
    configuration = servers
      ? { iceServers: new Function('answer', 'links', 'fromLinks', `return ${servers}`)(
            answer, response.headers.get('link'), links) }
      : answer;
  }
  const connection = new RTCPeerConnection({ ...configuration, iceTransportPolicy: 'relay' });
  try {
    connection.createDataChannel('any');
    return await new Promise((resolve, reject) => {
      setTimeout(() => reject(new Error('no relayed candidate')), 20_000);
      connection.onicecandidate = ({ candidate }) => candidate?.type === 'relay' && resolve(candidate.candidate);
      connection.createOffer().then((offer) => connection.setLocalDescription(offer)).catch(reject);
    });
  } finally {
    connection.close();
  }
}

/** Twilio's library, which knows only Twilio's host; its requests go to ours instead, and nothing else changes. */
class Elsewhere extends RequestClient {
  constructor(base) {
    super();
    this.base = base;
  }

  request(options) {
    return super.request({ ...options, uri: options.uri.replace('https://api.twilio.com', this.base) });
  }
}

await run(async (browser, base) => {
  const page = await browser.newPage();
  const host = createServer((request, response) => {
    response.setHeader('content-type', 'text/html');
    response.end('<!doctype html><link rel="icon" href="data:,"><title>an app</title>');
  }).listen(Number(port), '127.0.0.1');
  try {
    await page.goto(`http://127.0.0.1:${port}/`);
    for (const [name, app] of Object.entries(APPS)) {
      const candidate = await page.evaluate(gather, { ...app, url: base + app.url }).catch((error) => {
        throw new Error(`${name}: ${error.message}`);
      });
      require(candidate.includes(' typ relay '), `${name} relays, not ${candidate}`);
    }
    const client = new Twilio(id, secret, { httpClient: new Elsewhere(base) });
    const token = await client.tokens.create({ ttl: 600 });
    require(token.ttl === '600' && token.accountSid === id, 'the token is what was asked for');
    require(Math.abs(token.dateCreated - Date.now()) < 60_000, `made now, not ${token.dateCreated}`);
    const candidate = await page.evaluate(gather, { given: { iceServers: token.iceServers } });
    require(candidate.includes(' typ relay '), `twilio relays, not ${candidate}`);
  } finally {
    host.close();
    host.closeAllConnections();
  }
  return `${Object.keys(APPS).join(', ')} and Twilio's library got servers that relay`;
});
