// `npm run dev`, on the project's Node: the relay with a Vite server per app behind it, all on one port.
// An edit of an app or of a package it uses is in the browser at once; an edit of the relay starts it afresh.
import { watch } from 'node:fs';
import { join } from 'node:path';
import { createServer } from 'vite';
import { startRelay } from '../../apps/relay/src/index.ts';
import { ROOT, START_AFRESH } from './processes.mjs';

/** The first part of a path, and the app it belongs to; everything else is the home page's. */
const APPS = new Set(['docs', 'board', 'blocks', 'gantt']);

/** @type {Map<string, Promise<import('vite').ViteDevServer>>} Vite servers by app, each made at its first request. */
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
  const first = new URL(req.url ?? '/', 'http://localhost').pathname.split('/')[1] ?? '';
  const vite = await viteOf(APPS.has(first) ? first : 'home', req.socket.server);
  vite.middlewares(req, res, () => {
    res.statusCode = 404;
    res.end('Not found');
  });
}
