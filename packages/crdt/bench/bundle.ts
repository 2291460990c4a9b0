/*
 * What the library weighs in a browser, minified and gzipped, beside its peers, and which modules make it so:
 *
 *   npm run bench -- bundle [--json]
 */
import { bundled } from './lib/bundled.ts';
import type { Sizes } from './lib/module-sizes.ts';
import { PEERS, type PeerName } from './lib/peer.ts';
import { PARTS, wasmOf } from './works/bundle.ts';

const kB = (bytes: number): string => (bytes / 1000).toFixed(2).padStart(8);

interface Weighed extends Sizes {
  readonly peer: PeerName;
  readonly work: string;
}

const rows: Weighed[] = [];
for (const peer of PEERS) {
  for (const { work, code, wasm } of PARTS[peer] ?? []) {
    const sizes = wasm ? { gzip: wasmOf(wasm), modules: [] } : await bundled(code);
    rows.push({ peer, work: work.replace('bundle-', ''), ...sizes });
  }
}

if (process.argv.includes('--json')) console.log(JSON.stringify(rows, null, 2));
else {
  console.log('kB, minified and gzipped');
  for (const { peer, work, gzip } of rows) console.log(`${kB(gzip)}  ${peer} ${work}`);
  const ours = rows.filter(({ peer }) => peer === 'concord');
  const names = new Set(ours.toReversed().flatMap(({ modules }) => modules.map(([name]) => name)));
  console.log(`\nBy module: ${ours.map(({ work }) => work).join(', ')}`);
  for (const name of names) {
    const cells = ours.map(({ modules }) => modules.find(([other]) => other === name)?.[1]);
    console.log(
      `${cells.map((bytes) => (bytes === undefined ? '–'.padStart(8) : kB(bytes))).join(' ')}  ${name}`,
    );
  }
}
