import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build, type Plugin } from 'vite';

const ENTRY = fileURLToPath(new URL('../src/offline/service-worker.ts', import.meta.url));

interface Precached {
  readonly url: string;
  /** Null if the name says which content it is. */
  readonly revision: string | null;
}

/** Builds the app's service worker after everything else, with the list of all that was built in it. */
export function serviceWorker(): Plugin {
  let base = '/';
  let outDir = '';
  let files: string[] = [];
  return {
    name: 'concord-service-worker',
    apply: 'build',
    configResolved(config) {
      base = config.base;
      outDir = join(config.root, config.build.outDir);
    },
    writeBundle(_, bundle) {
      files = Object.keys(bundle).filter((name) => !name.endsWith('.map'));
    },
    async closeBundle() {
      if (files.length === 0) return; // the build failed, and says so itself
      const precached: Precached[] = await Promise.all(
        files.map(async (name) => ({
          url: base + name,
          revision: name.startsWith('assets/') ? null : await hashOf(join(outDir, name)),
        })),
      );
      await build({
        configFile: false,
        logLevel: 'warn',
        define: {
          __PRECACHE__: JSON.stringify(precached),
          __BASE__: JSON.stringify(base),
          'process.env.NODE_ENV': '"production"',
        },
        build: {
          outDir,
          emptyOutDir: false,
          copyPublicDir: false,
          lib: { entry: ENTRY, formats: ['iife'], name: 'serviceWorker', fileName: () => 'sw.js' },
        },
      });
    },
  };
}

async function hashOf(path: string): Promise<string> {
  return createHash('sha256')
    .update(await readFile(path))
    .digest('hex')
    .slice(0, 16);
}
