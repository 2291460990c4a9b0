// Initial JavaScript: what a page's index.html names, each file gzipped. The view of a
// document, named there too so that it comes at the same time, is told apart.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { build } from 'vite';
import { sizesOf } from '../../packages/crdt/bench/lib/module-sizes.ts';
import { fail, ROOT } from './processes.mjs';

/** kB, of 1,000 bytes. */
const BUDGETS = { home: 170, board: 170, gantt: 170, docs: 260, blocks: 260 };

/** Fetched beside it, and needed before the document is shown: one file (packages/shell/vite/waves.ts). */
const VIEW = /apps\/\w+\/src\/app\.ts$|shell\/src\/document-page\.tsx$/;

const kB = (bytes) => (bytes / 1000).toFixed(1);

/** The files that a page's HTML names, as they are called inside its folder, but for those of the view. */
const namedIn = (html) =>
  [...html.matchAll(/(?:src|href)="[^"]*?(assets\/[^"]+\.js)"/g)]
    .map(([, file]) => file)
    .filter((file) => !file.startsWith('assets/view-'));

/** Bytes of initial JavaScript of an app that has been built. */
function initialOf(app) {
  const dist = join(ROOT, 'apps', app, 'dist');
  const files = namedIn(readFileSync(join(dist, 'index.html'), 'utf8'));
  if (files.length === 0) throw new Error(`${app}: its index.html names no JavaScript`);
  return files.reduce((sum, file) => sum + gzipSync(readFileSync(join(dist, file))).length, 0);
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
  const first = namedIn(output.find((file) => file.fileName === 'index.html').source);
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
    console.log(`${app}: ${kB(bytes)} kB of ${budget}`);
    if (bytes <= budget * 1000) continue;
    process.exitCode = 1;
    console.log(list((await modulesOf(app)).first.modules, 5));
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
