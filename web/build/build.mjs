// Checks and bundles the pages into target/classes/web. Run by Maven from web/; does nothing when no input changed.
import { build } from 'esbuild';
import { createHash } from 'node:crypto';
import { brotliCompressSync, constants } from 'node:zlib';
import { spawn } from 'node:child_process';
import {
  copyFileSync,
  cpSync,
  existsSync,
  mkdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { filesBelow } from './files.mjs';

/** Scripts needed before the first paint must stay below this, brotli-compressed. */
const FIRST_PAINT_LIMIT_BYTES = 60_000;
const OUT = 'target/classes/web';
const STAMP = 'target/web-inputs';
const ENGINE_TYPES = '../client-teavm/src/main/resources/web/engine/tidemark.d.ts';

const inputs = createHash('sha256');
for (const file of [
  'package-lock.json',
  'tsconfig.json',
  '.prettierrc.json',
  ENGINE_TYPES,
  ...filesBelow('build'),
  ...filesBelow('src'),
]) {
  inputs.update(file).update('\0').update(readFileSync(file)).update('\0');
}
const wanted = inputs.digest('hex');
if (existsSync(STAMP) && readFileSync(STAMP, 'utf8') === wanted && existsSync(`${OUT}/app.js`)) {
  process.exit(0);
}

rmSync(OUT, { recursive: true, force: true });
mkdirSync(`${OUT}/engine/sqlite`, { recursive: true });
cpSync('src/static', OUT, { recursive: true });

const settings = {
  bundle: true,
  minify: true,
  format: 'esm',
  target: 'es2022',
  legalComments: 'none',
  logLevel: 'warning',
};
const [app] = await Promise.all([
  build({
    ...settings,
    entryPoints: { app: 'src/app/main.ts' },
    outdir: OUT,
    splitting: true,
    chunkNames: 'chunks/[name]-[hash]',
    external: ['/engine/*'],
    metafile: true,
  }),
  build({
    ...settings,
    entryPoints: { bench: 'src/bench/bench.ts' },
    outdir: OUT,
    external: ['/engine/*'],
  }),
  build({ ...settings, entryPoints: { app: 'src/app/app.css' }, outdir: OUT }),
  build({
    ...settings,
    format: 'iife',
    entryPoints: { theme: 'src/app/theme-early.ts' },
    outdir: OUT,
  }),
  build({
    ...settings,
    entryPoints: { index: 'node_modules/@sqlite.org/sqlite-wasm/dist/index.mjs' },
    outdir: `${OUT}/engine/sqlite`,
    outExtension: { '.js': '.mjs' },
    // The modules sqlite starts by URL belong to VFSes that the engine turns off.
    external: ['*.js', 'node:*'],
  }),
  run('node_modules/.bin/tsc', ['--noEmit']),
  run('node_modules/.bin/prettier', ['--check', '--log-level', 'warn', 'src', 'build']),
]);
copyFileSync(
  'node_modules/@sqlite.org/sqlite-wasm/dist/sqlite3.wasm',
  `${OUT}/engine/sqlite/sqlite3.wasm`,
);
// The browser learns of all scripts at once, not level by level.
const shell = readFileSync(`${OUT}/index.html`, 'utf8');
const preloads = firstScripts(app.metafile)
  .map((name) => `<link rel="modulepreload" href="${name.slice(OUT.length)}" />`)
  .join('\n    ');
writeFileSync(`${OUT}/index.html`, shell.replace('</head>', `  ${preloads}\n  </head>`));
// The server answers each page's address with its own file; all are the same shell, which looks at the address.
for (const page of ['admin', 'elements', 'inspector']) {
  mkdirSync(`${OUT}/${page}`);
  copyFileSync(`${OUT}/index.html`, `${OUT}/${page}/index.html`);
}
for (const file of filesBelow(OUT)) {
  if (/\.(js|mjs|css|wasm|svg)$/.test(file)) {
    writeFileSync(`${file}.br`, compressed(file));
  }
}
await buildTests();
reportSize(app.metafile);
writeFileSync(STAMP, wanted);

/** Unit tests are bundled beside the classes and run by Maven's test phase with `node --test`. */
async function buildTests() {
  rmSync('target/web-tests', { recursive: true, force: true });
  const entryPoints = filesBelow('src').filter((file) => file.endsWith('.test.ts'));
  if (entryPoints.length > 0) {
    await build({
      ...settings,
      minify: false,
      platform: 'node',
      entryPoints,
      outdir: 'target/web-tests',
      outExtension: { '.js': '.mjs' },
    });
  }
}

/** The entry and all that it imports before it runs. */
function firstScripts(metafile) {
  const needed = new Set();
  const follow = (name) => {
    if (needed.has(name)) return;
    needed.add(name);
    for (const { path, kind, external } of metafile.outputs[name].imports) {
      if (kind === 'import-statement' && !external) follow(path);
    }
  };
  follow(`${OUT}/app.js`);
  return [...needed];
}

function reportSize(metafile) {
  const bytes = firstScripts(metafile).reduce((sum, name) => sum + compressedBytes(name), 0);
  console.log(
    `web: scripts before first paint ${(bytes / 1000).toFixed(1)} KB brotli (limit ${FIRST_PAINT_LIMIT_BYTES / 1000} KB), ` +
      `styles ${(compressedBytes(`${OUT}/app.css`) / 1000).toFixed(1)} KB`,
  );
  if (bytes > FIRST_PAINT_LIMIT_BYTES) {
    console.error('web: the scripts before first paint are over their limit');
    process.exit(1);
  }
}

function compressedBytes(file) {
  return readFileSync(`${file}.br`).length;
}

function compressed(file) {
  return brotliCompressSync(readFileSync(file), {
    params: { [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY },
  });
}

function run(command, args) {
  return new Promise((resolve) => {
    spawn(command, args, { stdio: 'inherit' }).on('close', (status) => {
      if (status !== 0) {
        console.error(`web: ${command} ${args.join(' ')} failed`);
        process.exit(1);
      }
      resolve();
    });
  });
}
