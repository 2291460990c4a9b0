// `npm run dev`, on the project's Node: the relay with a Vite server per app behind it, all on one port.
// An edit of an app or of a package it uses is in the browser at once; an edit of the relay starts it afresh.
import { watch } from 'node:fs';
import { join } from 'node:path';
import { createServer } from 'vite';
import { run } from '../../apps/relay/src/run.ts';
import { ROOT, START_AFRESH } from './processes.mjs';

const APPS = ['home', 'docs', 'board', 'blocks', 'gantt'];

/** Vite servers by app. They hang on the relay's server, so requests wait a moment for them. */
const { promise: servers, resolve: ready } = Promise.withResolvers();

/** An app's Vite server; its hot reload shares the port by answering upgrades of the relay's own server. */
function viteServer(app, server) {
  return createServer({
    root: join(ROOT, 'apps', app),
    base: app === 'home' ? '/' : `/${app}/`,
    appType: 'spa',
    clearScreen: false,
    server: { middlewareMode: true, hmr: { server } },
  });
}

/** Answers a page's request from source; what is not an app's is the home page's. */
async function serve(req, res) {
  const byApp = await servers;
  const first = new URL(req.url, 'http://localhost').pathname.split('/')[1];
  const vite = byApp.get(first) ?? byApp.get('home');
  vite.middlewares(req, res, () => res.writeHead(404).end('Not found'));
}

async function closeServers() {
  for (const vite of (await servers).values()) await vite.close();
}

// Before the relay's own: its server ends only when hot reload has let go of its sockets.
for (const signal of ['SIGTERM', 'SIGINT']) process.on(signal, closeServers);

const relay = await run({ serve });
const made = await Promise.all(APPS.map(async (app) => [app, await viteServer(app, relay.server)]));
ready(new Map(made));

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
