import assert from 'node:assert/strict';
import { test } from 'node:test';
import { load } from './web.mjs';

const { pathFromStats } = await load('parley/path.js');

/** A report as Chromium gives it, with one selected pair. */
function report({ local = {}, remote = {}, pair = {} }) {
  return new Map(
    Object.entries({
      T: { type: 'transport', selectedCandidatePairId: 'P' },
      P: {
        type: 'candidate-pair',
        state: 'succeeded',
        localCandidateId: 'L',
        remoteCandidateId: 'R',
        ...pair,
      },
      L: { type: 'local-candidate', candidateType: 'host', protocol: 'udp', ...local },
      R: { type: 'remote-candidate', candidateType: 'host', protocol: 'udp', ...remote },
    }),
  );
}

test('two host candidates are a direct path', () => {
  assert.deepEqual(pathFromStats(report({ pair: { currentRoundTripTime: 0.0123 } })), {
    relayed: false,
    protocol: 'udp',
    localType: 'host',
    remoteType: 'host',
    roundTripMillis: 12,
  });
});

test('a relay at either end makes the path relayed', () => {
  assert.equal(pathFromStats(report({ local: { candidateType: 'relay' } })).relayed, true);
  assert.equal(pathFromStats(report({ remote: { candidateType: 'relay' } })).relayed, true);
  assert.equal(pathFromStats(report({ remote: { candidateType: 'prflx' } })).relayed, false);
});

test('the protocol is the one spoken to the own relay', () => {
  const local = { candidateType: 'relay', protocol: 'udp', relayProtocol: 'tls' };
  assert.equal(pathFromStats(report({ local })).protocol, 'tls');
  assert.equal(pathFromStats(report({ local: { protocol: 'tcp' } })).protocol, 'tcp');
});

test('the round trip is unknown until it is measured', () => {
  assert.equal(pathFromStats(report({})).roundTripMillis, null);
});

test('without a transport entry the pair that is marked counts', () => {
  const stats = report({ pair: { nominated: true } });
  stats.delete('T');
  assert.equal(pathFromStats(stats).localType, 'host');
});

test('without a selected pair there is no path', () => {
  assert.equal(pathFromStats(new Map()), null);
});
