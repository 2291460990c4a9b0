import react from '@vitejs/plugin-react';
import { defineConfig, type UserConfig } from 'vite';
import { compressed } from './vite/compressed.ts';
import { serviceWorker } from './vite/service-worker.ts';
import { waves } from './vite/waves.ts';

/** Browsers with `light-dark()`, cascade layers, `:has()` and container queries: from spring 2024 on. */
const BROWSERS = ['chrome123', 'edge123', 'firefox121', 'safari17.5'];

/**
 * The Vite configuration of one app, which is served below `/<kind>/`; home stands at `/`.
 * An app's own vite.config.ts is `export default appConfig('board');`.
 */
export const appConfig = (kind: 'home' | 'docs' | 'board' | 'blocks' | 'gantt'): UserConfig => {
  const { groups, plugin } = waves();
  return defineConfig({
    base: kind === 'home' ? '/' : `/${kind}/`,
    plugins: [react(), plugin, compressed(), serviceWorker()],
    // What counts is the compressed size of a page's first load, not that of one file.
    build: {
      target: BROWSERS,
      cssTarget: BROWSERS,
      chunkSizeWarningLimit: 1000,
      rolldownOptions: { output: { codeSplitting: { groups } } },
    },
    // Workspace packages come as source; the libraries below them must exist once on a page.
    resolve: { dedupe: ['react', 'react-dom'] },
  });
};
