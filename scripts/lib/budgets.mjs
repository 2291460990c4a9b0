// Initial JavaScript: all that a page needs before it shows what it was opened for. That is what its index.html names, the
// view of a document too, and what these files import at once; each file gzipped.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { build } from 'vite';
import { sizesOf } from '../../packages/crdt/bench/lib/module-sizes.ts';
import { fail, ROOT } from './processes.mjs';

/** kB, of 1,000 bytes. */
const BUDGETS = { home: 170, board: 170, gantt: 170, docs: 260, blocks: 260 };

/** Where the budget is not met yet: what it must not exceed until it is. */
const MEANWHILE = { board: 210, gantt: 206 };

/** Fetched beside it, and needed before the document is shown: one file (packages/shell/vite/waves.ts). */
const VIEW = /apps\/\w+\/src\/app\.ts$|shell\/src\/document-page\.tsx$/;

const kB = (bytes) => (bytes / 1000).toFixed(1);

/** The files that a page's HTML names, as they are called inside its folder. */
const namedIn = (html) =>
  [...html.matchAll(/(?:src|href)="[^"]*?(assets\/[^"]+\.js)"/g)].map(([, file]) => file);

const isView = (file) => file.startsWith('assets/view-');

/** The files that these import before they run, at any depth, and these. */
function withImports(files, dist) {
  const found = new Set();
  const add = (file) => {
    if (found.has(file)) return;
    found.add(file);
    const code = readFileSync(join(dist, file), 'utf8');
    for (const [, name] of code.matchAll(/(?:from|import)\s*"\.\/([^"]+\.js)"/g)) add(`assets/${name}`);
  };
  files.forEach(add);
  return found;
}

/** Bytes of initial JavaScript of an app that has been built. */
function initialOf(app) {
  const dist = join(ROOT, 'apps', app, 'dist');
  const files = namedIn(readFileSync(join(dist, 'index.html'), 'utf8'));
  if (files.length === 0) throw new Error(`${app}: its index.html names no JavaScript`);
  return [...withImports(files, dist)].reduce(
    (sum, file) => sum + gzipSync(readFileSync(join(dist, file))).length,
    0,
  );
}

/** Builds an app in memory: what its first files are made of, and what comes with the view. */
async function modulesOf(app) {
  const root = join(ROOT, 'apps', app);
  const { output } = await build({
    root,
    logLevel: 'silent',
    configLoader: 'native',
    build: { write: false, sourcemap: 'hidden' },
  });
  const chunks = new Map(output.filter((file) => file.type === 'chunk').map((file) => [file.fileName, file]));
  const first = namedIn(output.find((file) => file.fileName === 'index.html').source).filter(
    (file) => !isView(file),
  );
  const later = new Set();
  const add = (name) => {
    if (first.includes(name) || later.has(name)) return;
    later.add(name);
    for (const other of chunks.get(name).imports) add(other);
  };
  for (const { fileName, moduleIds } of chunks.values())
    if (moduleIds.some((id) => VIEW.test(id))) add(fileName);
  const sizes = (names) =>
    sizesOf(
      [...names].map((name) => {
        const { code, map } = chunks.get(name);
        return { code, map: map === null ? null : JSON.stringify(map), path: join(root, 'dist', name) };
      }),
      ROOT,
    );
  return { first: sizes(first), view: sizes(later) };
}

const list = (modules, count) =>
  modules
    .slice(0, count)
    .map(([name, bytes]) => `  ${kB(bytes).padStart(6)}  ${name}`)
    .join('\n');

/** Tells of every app, and of those over budget the five largest modules. */
async function check() {
  for (const [app, budget] of Object.entries(BUDGETS)) {
    const bytes = initialOf(app);
    const held = MEANWHILE[app] ?? budget;
    console.log(`${app}: ${kB(bytes)} kB of ${budget}${held > budget ? ` (not met; held at ${held})` : ''}`);
    if (bytes <= held * 1000) continue;
    process.exitCode = 1;
    const { first, view } = await modulesOf(app);
    console.log(
      list(
        [...first.modules, ...view.modules].sort((a, b) => b[1] - a[1]),
        8,
      ),
    );
  }
}

/** @param {readonly string[]} args */
export async function main([option, ...apps]) {
  if (option === undefined) return check();
  const unknown = apps.find((app) => !Object.hasOwn(BUDGETS, app));
  if (option !== '--modules' || unknown) fail('Usage: node scripts/budgets.mjs [--modules [APP…]]');
  for (const app of apps.length > 0 ? apps : Object.keys(BUDGETS)) {
    const { first, view } = await modulesOf(app);
    console.log(`${app}: ${kB(first.gzip)} kB, then ${kB(view.gzip)} kB for the view of a document`);
    console.log(list(first.modules, 40));
  }
}
