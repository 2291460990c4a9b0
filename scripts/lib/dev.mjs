// `npm run dev`, on the project's Node: the relay with a Vite server per app behind it, all on one port.
// An edit of an app or of a package it uses is in the browser at once; an edit of the relay starts it afresh.
import { watch } from 'node:fs';
import { join } from 'node:path';
import { createServer } from 'vite';
import { run } from '../../apps/relay/src/run.ts';
import { ROOT, START_AFRESH } from './processes.mjs';

/** The first part of a path, and the app it belongs to; everything else is the home page's. */
const APPS = new Set(['docs', 'board', 'blocks', 'gantt']);

/** Vite servers by app, each made at its first request. @type {Map<string, Promise<import('vite').ViteDevServer>>} */
const servers = new Map();

/** The app's Vite server; its hot reload shares the port by answering upgrades of the relay's own server. */
function viteOf(app, server) {
  const known = servers.get(app);
  if (known) return known;
  const made = createServer({
    root: join(ROOT, 'apps', app),
    base: app === 'home' ? '/' : `/${app}/`,
    appType: 'spa',
    clearScreen: false,
    server: { middlewareMode: true, hmr: { server } },
  });
  servers.set(app, made);
  return made;
}

/** Answers a page's request from source. */
async function serve(req, res) {
  const first = new URL(req.url, 'http://localhost').pathname.split('/')[1];
  try {
    const vite = await viteOf(APPS.has(first) ? first : 'home', req.socket.server);
    vite.middlewares(req, res, () => {
      res.statusCode = 404;
      res.end('Not found');
    });
  } catch (error) {
    console.error(error);
    res.statusCode = 500;
    res.end(String(error));
  }
}

async function closeServers() {
  for (const vite of await Promise.allSettled(servers.values())) await vite.value?.close();
}

// Before the relay's own: its server ends only when hot reload has let go of its sockets.
for (const signal of ['SIGTERM', 'SIGINT']) process.on(signal, closeServers);

const relay = await run({ serve });

let changed = false;
for (const folder of ['apps/relay/src', 'packages/sync/src/protocol']) {
  watch(join(ROOT, folder), { recursive: true }, async (_event, file) => {
    if (changed || file === null || /\.test\.ts$/.test(file)) return;
    changed = true;
    console.log(`${folder}/${file} changed: the relay starts afresh.`);
    await closeServers();
    await relay.close();
    process.exit(START_AFRESH);
  });
}
