/**
 * A browser sends itself 20 MB each way through the relay and nothing else, over one transport to the relay.
 * Arguments: chromium or firefox, a page on the server, the URI of the relay, user name, password, and the files with
 * the certificate of the server and of its authority.
 */
import { createHash, X509Certificate } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { startBrowser } from '../lib/chromium.mjs';
import { startFirefox } from '../lib/firefox.mjs';
import { transferThroughRelay } from '../lib/relay-transfer.mjs';

const BYTES = 20_000_000;
const [name, page, uri, username, credential, certificate, authority] = process.argv.slice(2);

const options = { iceServers: [{ urls: uri, username, credential }], bytes: BYTES };
const protocol = uri.startsWith('turns:') ? 'tls' : uri.endsWith('tcp') ? 'tcp' : 'udp';
const browser = name === 'firefox' ? await startFirefox(authority) : await startBrowser([trust(certificate)]);
let failure = null;
let found = '';
try {
  const tab = await browser.newPage();
  await tab.goto(page);
  const result = await tab.evaluate(transferThroughRelay, options);
  found = `${BYTES / 1e6} MB each way in ${result.seconds.toFixed(1)} s, ${result.pairs.join(' and ')}`;
  if (result.sent.join() !== result.received.join()) failure = 'what arrived is not what was sent';
  if (result.pairs.some((pair) => pair !== `relay ${protocol} relay`)) failure = 'it did not go by the relay';
} catch (error) {
  failure = String(error.message).replace(/\s+/g, ' ');
}
await browser.close();
console.log(`${failure === null ? 'PASS' : 'FAIL'} ${name} over ${protocol}: ${failure ?? ''} ${found}`);
process.exit(failure === null ? 0 : 1);

/** Chromium takes no authority from a file, but it can be told to trust a key. */
function trust(file) {
  const key = new X509Certificate(readFileSync(file)).publicKey.export({ type: 'spki', format: 'der' });
  return `--ignore-certificate-errors-spki-list=${createHash('sha256').update(key).digest('base64')}`;
}
