/** The whole result as text, for whoever helps. */
import { resultOf, titleOf } from './verdict.js';

/**
 * @param {import('./network-test.js').NetworkTest} test
 * @param {{title: string, text: string}} verdict
 * @param {{page: string, browser: string, when: string}} about
 */
export function reportOf({ checks, candidates }, verdict, about) {
  const lines = [
    `Parley network test, ${about.when}`,
    about.page,
    about.browser,
    '',
    verdict.title,
    verdict.text,
    '',
    ...checks.map((check) => `${check.state.padEnd(7)} ${titleOf(check)}: ${resultOf(check)}${measure(check)}`),
    '',
    'Candidates: ms, tried, type, protocol, address, relay by, priority, foundation',
    ...candidates.rows.map((row) => Object.values(row).join(' | ')),
    '',
    'Failures',
    ...(candidates.errors.length > 0 ? candidates.errors : ['none']),
  ];
  return lines.join('\n');
}

function measure({ millis }) {
  return millis === undefined ? '' : ` (${formatMillis(millis)})`;
}

/** @param {number} millis */
export function formatMillis(millis) {
  return millis < 1 ? '< 1 ms' : `${Math.round(millis)} ms`;
}
