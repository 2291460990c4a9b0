import { createHash } from 'node:crypto';
import { readFile, stat } from 'node:fs/promises';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { extname, join, sep } from 'node:path';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';
import { respond, SECURITY } from './http.ts';

const TYPES: Readonly<Record<string, string>> = {
  '.css': 'text/css; charset=utf-8',
  '.html': 'text/html; charset=utf-8',
  '.ico': 'image/x-icon',
  '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json',
  '.map': 'application/json',
  '.png': 'image/png',
  '.svg': 'image/svg+xml',
  '.txt': 'text/plain; charset=utf-8',
  '.wasm': 'application/wasm',
  '.webmanifest': 'application/manifest+json',
  '.webp': 'image/webp',
  '.woff2': 'font/woff2',
};
const COMPRESSIBLE = new Set([
  '.css',
  '.html',
  '.js',
  '.json',
  '.map',
  '.svg',
  '.txt',
  '.wasm',
  '.webmanifest',
]);

/** Apps served under their own name; everything else belongs to the home page. */
export const APPS = ['docs', 'board', 'blocks', 'gantt'] as const;

interface Asset {
  readonly tag: string;
  readonly plain: Buffer;
  readonly br?: Buffer;
  readonly gzip?: Buffer;
}

/** Serves the built apps: files as they are, pages for any address that an app routes itself. */
export function staticFiles(appsDir: string): (req: IncomingMessage, res: ServerResponse) => Promise<void> {
  // Built files are few; each is compressed once, until it changes.
  const cache = new Map<string, { readonly stamp: string; readonly asset: Promise<Asset> }>();

  async function load(path: string): Promise<Asset | null> {
    const info = await stat(path).catch(() => null);
    if (!info?.isFile()) return null;
    const stamp = `${info.mtimeMs}-${info.size}`;
    const known = cache.get(path);
    if (known?.stamp === stamp) return known.asset;
    const asset = readAsset(path);
    cache.set(path, { stamp, asset });
    return asset;
  }

  return async (req, res) => {
    if (req.method !== 'GET' && req.method !== 'HEAD') {
      respond(res, 405, 'Only GET and HEAD.\n');
      return;
    }
    const place = locate(req.url ?? '/');
    if (!place) {
      respond(res, 400, 'Not an address here.\n');
      return;
    }
    const dist = join(appsDir, place.app, 'dist');
    const wanted = join(dist, place.file);
    if (wanted !== dist && !wanted.startsWith(dist + sep)) {
      respond(res, 400, 'Not an address here.\n');
      return;
    }
    const page = join(dist, 'index.html');
    const path = extname(place.file) === '' ? page : wanted;
    const asset = await load(path);
    if (asset) {
      send(req, res, path, asset);
      return;
    }
    if (path === page) {
      respond(res, 503, `The ${place.app} app is not built yet. Run: npm start\n`);
      return;
    }
    respond(res, 404, 'There is no such file.\n');
  };
}

/** Which app's file an address means. Null if it is not a sane address. */
function locate(url: string): { readonly app: string; readonly file: string } | null {
  let path: string;
  try {
    path = decodeURIComponent(url.split(/[?#]/, 1)[0] ?? '/');
  } catch {
    return null;
  }
  const parts = path.split('/').filter(Boolean);
  if (path.includes('\0') || path.includes('\\') || parts.includes('..')) return null;
  const app = APPS.find((name) => name === parts[0]);
  return app ? { app, file: parts.slice(1).join('/') } : { app: 'home', file: parts.join('/') };
}

async function readAsset(path: string): Promise<Asset> {
  const plain = await readFile(path);
  const tag = `"${createHash('sha256').update(plain).digest('base64url').slice(0, 22)}"`;
  if (!COMPRESSIBLE.has(extname(path)) || plain.length < 1024) return { tag, plain };
  const quality = { params: { [constants.BROTLI_PARAM_QUALITY]: 6 } };
  const [br, gz] = await Promise.all([
    // A build lays its best beside the file; the name of the file says which content it is of.
    readFile(`${path}.br`).catch(() => promisify(brotliCompress)(plain, quality)),
    promisify(gzip)(plain),
  ]);
  return { tag, plain, br, gzip: gz };
}

function send(req: IncomingMessage, res: ServerResponse, path: string, asset: Asset): void {
  const accepted = String(req.headers['accept-encoding'] ?? '');
  const encoding = (['br', 'gzip'] as const).find((name) => accepted.includes(name) && asset[name]);
  const body = (encoding && asset[encoding]) || asset.plain;
  // The build puts a hash of the content into the names below assets/.
  const immutable = path.includes(`${sep}assets${sep}`);
  const headers = {
    ...SECURITY,
    'Cache-Control': immutable ? 'public, max-age=31536000, immutable' : 'no-cache',
    ETag: asset.tag,
    Vary: 'Accept-Encoding',
  };
  if (req.headers['if-none-match'] === asset.tag) {
    res.writeHead(304, headers).end();
    return;
  }
  res.writeHead(200, {
    ...headers,
    'Content-Type': TYPES[extname(path)] ?? 'application/octet-stream',
    'Content-Length': body.length,
    ...(encoding ? { 'Content-Encoding': encoding } : {}),
  });
  res.end(req.method === 'HEAD' ? undefined : body);
}
