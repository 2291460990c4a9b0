import { readdirSync, readFileSync, statSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { bundled, SRC } from '../lib/bundled.ts';
import type { Cell, Figure } from '../lib/cell.ts';
import type { PeerName } from '../lib/peer.ts';

/* What a browser downloads: minified and gzipped, tree-shaken, wasm apart. */

export interface Part {
  readonly work: string;
  readonly code: string;
  /** A package whose wasm file counts in addition. */
  readonly wasm?: string;
}

export const PARTS: Partial<Record<PeerName, readonly Part[]>> = {
  concord: [
    { work: 'bundle-text-type', code: `export { textType } from '${SRC}types/text/index.ts';` },
    { work: 'bundle-text', code: `export { Doc, object, text } from '${SRC}index.ts';` },
    { work: 'bundle-everything', code: `export * from '${SRC}index.ts';` },
  ],
  yjs: [
    { work: 'bundle-text', code: `export { Doc, applyUpdate, encodeStateAsUpdate } from 'yjs';` },
    { work: 'bundle-everything', code: `export * from 'yjs';` },
  ],
  'json-joy': [
    {
      work: 'bundle-text',
      code: `export { Model } from 'json-joy/esm/json-crdt/index.js'; export { Patch, s } from 'json-joy/esm/json-crdt-patch/index.js';`,
    },
    {
      work: 'bundle-everything',
      code: `export * from 'json-joy/esm/json-crdt/index.js'; export * from 'json-joy/esm/json-crdt-patch/index.js'; export * from 'json-joy/esm/json-crdt-extensions/index.js';`,
    },
  ],
  'list-positions': [
    { work: 'bundle-text', code: `export { Text, Order } from 'list-positions';` },
    { work: 'bundle-everything', code: `export * from 'list-positions';` },
  ],
  loro: [{ work: 'bundle-everything', code: '', wasm: 'loro-crdt' }],
  automerge: [{ work: 'bundle-everything', code: '', wasm: '@automerge/automerge' }],
  'diamond-types': [{ work: 'bundle-everything', code: '', wasm: 'diamond-types-node' }],
  ywasm: [{ work: 'bundle-everything', code: '', wasm: 'ywasm' }],
};

/** The largest wasm file of a package, gzipped. Its loader, a few kB of JavaScript, is left out in the package's favour. */
export function wasmOf(name: string): number {
  const folder = dirname(createRequire(import.meta.url).resolve(name));
  const files: string[] = [];
  for (let root = folder; files.length === 0; root = dirname(root)) {
    for (const file of readdirSync(root, { recursive: true, encoding: 'utf8' })) {
      if (file.endsWith('.wasm')) files.push(join(root, file));
    }
  }
  const largest = files.sort((a, b) => statSync(b).size - statSync(a).size)[0] as string;
  return gzipSync(readFileSync(largest), { level: 9 }).length;
}

export async function* bundle({ name }: Cell): AsyncIterable<Figure> {
  for (const { work, code, wasm } of PARTS[name] ?? []) {
    yield { work, unit: 'B', value: wasm ? wasmOf(wasm) : (await bundled(code)).gzip };
  }
}
