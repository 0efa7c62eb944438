import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { buildSync } from 'esbuild';
import { WEB } from './web.mjs';

const HERE = fileURLToPath(new URL('..', import.meta.url));
const KILOBYTE = 1000;

const folder = mkdtempSync(join(tmpdir(), 'parley-package-'));
const installed = join(folder, 'node_modules/parley-client');
const packed = JSON.parse(
  execFileSync('npm', ['pack', '--json', '--pack-destination', folder, fileURLToPath(WEB)], { encoding: 'utf8' }),
)[0];
mkdirSync(installed, { recursive: true });
execFileSync('tar', ['-xzf', join(folder, packed.filename), '-C', installed, '--strip-components=1']);
for (const file of ['app.ts', 'program.mjs']) cpSync(join(HERE, 'types', file), join(folder, file));
after(() => rmSync(folder, { recursive: true }));

test('the package holds the client with its types, and not the pages', () => {
  const files = packed.files.map(({ path }) => path);
  const needed = ['package.json', 'README.md', 'parley.js', 'parley.d.ts', 'parley/room.js', 'parley/sha256-worker.js'];
  for (const file of needed)
    assert.ok(files.includes(file), file);
  assert.deepEqual(
    files.filter((file) => !/^(package\.json|README\.md|parley\.(js|d\.ts)|parley\/[a-z0-9-]+\.js)$/.test(file)),
    [],
  );
});

test('a program of Node imports what was packed', () => {
  const said = JSON.parse(execFileSync('node', [join(folder, 'program.mjs')], { encoding: 'utf8' }));
  assert.deepEqual(said.exports, ['ParleyError', 'Sha256', 'joinRoom', 'openRoom', 'pathFromStats', 'randomText']);
  assert.equal(said.code, 'no-webrtc');
  assert.match(said.hash, /^ba7816bf/);
});

test('the types name what the module has, and a strict application compiles with them', () => {
  const types = readFileSync(join(installed, 'parley.d.ts'), 'utf8');
  const named = [...types.matchAll(/^export (?:declare )?(?:function|class) (\w+)/gm)].map(([, name]) => name).sort();
  assert.deepEqual(named, ['ParleyError', 'Sha256', 'joinRoom', 'openRoom', 'pathFromStats', 'randomText']);
  const language = { target: 'es2023', module: 'nodenext', lib: ['es2023', 'dom'], types: [] };
  const options = { strict: true, noEmit: true, ...language };
  writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify({ compilerOptions: options, files: ['app.ts'] }));
  writeFileSync(join(folder, 'package.json'), '{"type":"module"}');
  const compiler = join(HERE, 'node_modules/typescript/bin/tsc');
  try {
    execFileSync('node', [compiler, '-p', folder], { encoding: 'utf8' });
  } catch ({ stdout }) {
    assert.fail(stdout);
  }
});

test('it is as small as its page says', () => {
  const claim = /(\d+) kB in one file/.exec(readFileSync(join(HERE, '../../docs/client.md'), 'utf8'));
  const built = buildSync({
    entryPoints: [join(installed, 'parley.js')],
    bundle: true,
    minify: true,
    format: 'esm',
    write: false,
  });
  const bytes = gzipSync(built.outputFiles[0].contents, { level: 9 }).length;
  console.log(`parley.js with all its modules, bundled, minified and gzipped: ${bytes} bytes`);
  assert.ok(bytes <= Number(claim?.[1]) * KILOBYTE, `${bytes} bytes are more than the page says`);
});
