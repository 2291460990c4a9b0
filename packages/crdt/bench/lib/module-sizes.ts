import { SourceMap } from 'node:module';
import { relative } from 'node:path';
import { gzipSync } from 'node:zlib';

/** A file that a bundler made. */
export interface BuiltFile {
  readonly code: string;
  /** A source map as JSON; without one the file counts as one module. */
  readonly map: string | null;
  /** Where it would lie: sources are named from there. */
  readonly path: string;
}

export interface Sizes {
  /** Bytes, each file gzipped for itself. */
  readonly gzip: number;
  /** Bytes of `gzip` by module, largest first: a file's share goes by what each module has of its minified code. */
  readonly modules: readonly (readonly [module: string, bytes: number])[];
}

/** What files weigh, and which modules make them so. `root`: modules are named from there. */
export function sizesOf(files: readonly BuiltFile[], root: string): Sizes {
  const modules = new Map<string, number>();
  let total = 0;
  for (const { code, map, path } of files) {
    const gzip = gzipSync(code).length;
    total += gzip;
    for (const [source, chars] of map === null ? [[path, code.length] as const] : charsOf(code, map)) {
      const name = nameOf(source, path, root);
      modules.set(name, (modules.get(name) ?? 0) + (chars / code.length) * gzip);
    }
  }
  return { gzip: total, modules: [...modules].sort((a, b) => b[1] - a[1]) };
}

/** How many characters of `code` come from each source. */
function charsOf(code: string, map: string): Map<string, number> {
  const entries = new SourceMap(JSON.parse(map));
  const chars = new Map<string, number>();
  for (const [number, line] of code.split('\n').entries()) {
    for (let column = 0; column < line.length; column++) {
      const entry = entries.findEntry(number, column);
      const source = 'originalSource' in entry ? entry.originalSource : 'the bundler';
      chars.set(source, (chars.get(source) ?? 0) + 1);
    }
  }
  return chars;
}

function nameOf(source: string, path: string, root: string): string {
  const place = new URL(source, `file://${path}`).pathname;
  const [, library] = /.*\/node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(place) ?? [];
  return library ?? relative(root, place);
}
