/** Starts Firefox as the tests need it, with a profile of its own that trusts the authority of the tests. */
import { execFileSync } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import puppeteer from 'puppeteer-core';

const EXECUTABLE = process.env.PARLEY_FIREFOX ?? '/usr/bin/firefox-esr';

const PREFERENCES = {
  // The servers of the tests are on loopback.
  'media.peerconnection.ice.loopback': true,
  'media.peerconnection.ice.obfuscate_host_addresses': false,
  // It waits long before it tries a WebSocket again that failed.
  'network.websocket.delay-failed-reconnects': false,
  // A camera and a microphone that everybody has, and no question about them.
  'media.navigator.streams.fake': true,
  'media.navigator.permission.disabled': true,
};

/**
 * @param {string} [authority] file with a certificate to trust, in PEM
 * @returns {Promise<{newPage: () => Promise<import('puppeteer-core').Page>, close: () => Promise<void>}>}
 */
export async function startFirefox(authority) {
  const profile = await mkdtemp(join(tmpdir(), 'parley-firefox-'));
  if (authority) {
    execFileSync('certutil', ['-N', '-d', `sql:${profile}`, '--empty-password']);
    execFileSync('certutil', ['-A', '-d', `sql:${profile}`, '-n', 'parley', '-t', 'C,,', '-i', authority]);
  }
  const browser = await puppeteer.launch({
    browser: 'firefox',
    executablePath: EXECUTABLE,
    headless: true,
    userDataDir: profile,
    extraPrefsFirefox: PREFERENCES,
  });
  return {
    // A window of its own: a page in the background would be slowed down, and decode no pictures.
    newPage: () => browser.newPage({ type: 'window' }),
    async close() {
      await browser.close();
      await rm(profile, { recursive: true, force: true });
    },
  };
}
