/** The page "Test my network". */
import { byId, fromTemplate, setText } from '../demo/dom.js';
import { NetworkTest } from './network-test.js';
import { formatMillis, reportOf } from './report.js';
import { purposeOf, resultOf, titleOf, verdictOf } from './verdict.js';

const COPIED_MILLIS = 3_000;

const RUNNING = {
  state: 'running',
  title: 'Testing',
  text: 'Every way to the server is tried. This takes up to a quarter of a minute.',
};

let report = '';

async function start() {
  const test = new NetworkTest();
  byId('start').disabled = true;
  byId('copy').disabled = true;
  byId('raw').hidden = true;
  byId('checks').replaceChildren();
  const rows = new Map();
  test.addEventListener('change', () => show(test, rows));
  showVerdict(RUNNING);
  if (typeof RTCPeerConnection === 'undefined') {
    const text = 'It is missing or switched off. Use a current browser, and switch privacy add-ons off for this page.';
    showVerdict({ state: 'failed', title: 'This browser has no WebRTC', text });
    return;
  }
  await test.run();
  const verdict = verdictOf(test.checks);
  showVerdict(verdict);
  showCandidates(test.candidates);
  const about = { page: location.origin, browser: navigator.userAgent, when: new Date().toISOString() };
  report = reportOf(test, verdict, about);
  byId('copy').disabled = false;
  byId('raw').hidden = false;
  byId('start').disabled = false;
  setText(byId('start'), 'Test again');
}

function showVerdict({ state, title, text }) {
  byId('verdict').dataset.state = state;
  setText(byId('verdict-title'), title);
  setText(byId('verdict-text'), text);
}

function show({ checks }, rows) {
  for (const check of checks) {
    if (!rows.has(check)) {
      const row = fromTemplate('check-template');
      row.root.dataset.kind = check.kind;
      setText(row.part('title'), titleOf(check));
      setText(row.part('purpose'), purposeOf(check));
      byId('checks').append(row.root);
      rows.set(check, row);
    }
    const { root, part } = rows.get(check);
    root.dataset.state = check.state === 'unclear' ? 'running' : check.state;
    setText(part('result'), resultOf(check));
    setText(part('measure'), check.millis === undefined ? '' : formatMillis(check.millis));
  }
}

function showCandidates({ rows, errors }) {
  const cells = (row) => Object.values(row).map((value) => element('td', String(value)));
  byId('candidates').replaceChildren(...rows.map((row) => element('tr', '', cells(row))));
  byId('errors').replaceChildren(
    ...(errors.length > 0 ? errors : ['Nothing']).map((text) => element('li', text)),
  );
}

function element(name, text, children = []) {
  const made = document.createElement(name);
  made.textContent = text;
  made.append(...children);
  return made;
}

async function copyReport() {
  const button = byId('copy');
  setText(button, (await copied(report)) ? 'Copied' : 'Could not be copied');
  setTimeout(() => setText(button, 'Copy the report'), COPIED_MILLIS);
}

/** Over plain HTTP browsers have no clipboard API, so there is an older way. */
async function copied(text) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    const area = document.createElement('textarea');
    area.value = text;
    area.className = 'hidden-words';
    document.body.append(area);
    area.select();
    const done = document.execCommand('copy');
    area.remove();
    return done;
  }
}

byId('start').addEventListener('click', () => start());
byId('copy').addEventListener('click', copyReport);
