import { fileURLToPath } from 'node:url';
import { build } from 'vite';
import { type Sizes, sizesOf } from './module-sizes.ts';

/** The folder of the library's source. */
export const SRC = fileURLToPath(new URL('../../src/', import.meta.url));
const ROOT = fileURLToPath(new URL('../../../../', import.meta.url));
/** There is no such file: only its place counts, for finding packages. */
const ENTRY = `${SRC}bundle-entry.js`;

/** What a browser downloads for a module with this code: tree-shaken, minified, gzipped. */
export async function bundled(code: string): Promise<Sizes> {
  const built = await build({
    root: SRC,
    configFile: false,
    logLevel: 'silent',
    plugins: [
      {
        name: 'entry',
        enforce: 'pre',
        resolveId: (id) => (id.endsWith('bundle-entry.js') ? ENTRY : null),
        load: (id) => (id === ENTRY ? code : null),
      },
    ],
    build: {
      write: false,
      minify: true,
      sourcemap: 'hidden',
      target: 'es2022',
      modulePreload: false,
      // As an app's, not as a library's: of a library Vite keeps the white space.
      rollupOptions: { input: ENTRY, preserveEntrySignatures: 'strict', output: { format: 'es' } },
    },
  });
  const output = [built].flat().flatMap((result) => ('output' in result ? result.output : []));
  const chunks = output.filter((file) => file.type === 'chunk');
  return sizesOf(
    chunks.map(({ code, map }) => ({
      code,
      map: map && JSON.stringify(map),
      path: `${SRC}dist/assets/x.js`,
    })),
    ROOT,
  );
}
