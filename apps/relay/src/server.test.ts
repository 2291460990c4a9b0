import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { request } from 'node:http';
import { connect as connectLine } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { encodeFrame, newReplicaId } from '@concord/sync/protocol';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { type RunningRelay, readConfig, startRelay } from './index.ts';
import { connect, saved, until } from './testing/client.ts';

let folder: string;
let relay: RunningRelay;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'concord-'));
  for (const app of ['home', 'docs']) {
    mkdirSync(join(folder, app, 'dist', 'assets'), { recursive: true });
    writeFileSync(join(folder, app, 'dist', 'index.html'), `<title>${app}</title>`);
    writeFileSync(join(folder, app, 'dist', 'assets', 'main-1a2b.js'), `// ${app} ${'x'.repeat(3000)}`);
    writeFileSync(join(folder, app, 'dist', 'assets', 'view-3c4d.js'), `// ${app} ${'y'.repeat(3000)}`);
    writeFileSync(
      join(folder, app, 'dist', 'assets', 'view-3c4d.js.br'),
      `${app}, as its build compressed it`,
    );
  }
  writeFileSync(join(folder, 'secret.txt'), 'secret');
  const env = { PORT: '0', DATA_DIR: join(folder, 'data'), ALLOWED_ORIGINS: 'https://friend.example' };
  relay = await startRelay({ ...readConfig(env), appsDir: folder });
});
afterAll(async () => {
  await relay.close();
  rmSync(folder, { recursive: true, force: true });
});

/** A GET with the path exactly as written: `fetch` would tidy it up first. */
function get(
  path: string,
  headers: Record<string, string> = {},
): Promise<{ status: number; body: string; headers: Record<string, unknown> }> {
  return new Promise((resolve, reject) => {
    const req = request({ port: relay.port, host: '127.0.0.1', path, headers }, (res) => {
      let body = '';
      res.on('data', (chunk) => {
        body += chunk;
      });
      res.on('end', () => resolve({ status: res.statusCode ?? 0, body, headers: res.headers }));
    });
    req.on('error', reject).end();
  });
}

describe('files', () => {
  it.each([
    ['/', 'home'],
    ['/try/board', 'home'],
    ['/docs', 'docs'],
    ['/docs/', 'docs'],
    ['/docs/some-id?x=1', 'docs'],
  ])('[F1] %s is a page of %s', async (path, app) => {
    const { status, body, headers } = await get(path);
    expect([status, body]).toEqual([200, `<title>${app}</title>`]);
    expect(headers['cache-control']).toBe('no-cache');
    expect(headers['content-security-policy']).toContain("default-src 'self'");
  });

  it('[F2] hashed files are kept for ever, and travel compressed', async () => {
    const { status, headers } = await get('/docs/assets/main-1a2b.js', { 'accept-encoding': 'gzip, br' });
    expect(status).toBe(200);
    expect(headers['cache-control']).toContain('immutable');
    expect(headers['content-encoding']).toBe('br');
    expect((await get('/docs/assets/main-1a2b.js', { 'if-none-match': String(headers.etag) })).status).toBe(
      304,
    );
  });

  it('[F2] what a build has compressed travels as it is, to who can read it', async () => {
    const path = '/docs/assets/view-3c4d.js';
    const tight = await get(path, { 'accept-encoding': 'gzip, br' });
    expect([tight.headers['content-encoding'], tight.body]).toEqual([
      'br',
      'docs, as its build compressed it',
    ]);
    const plain = await get(path);
    expect([plain.headers['content-encoding'], plain.body.slice(0, 9)]).toEqual([undefined, '// docs y']);
  });

  it.each([
    '/../secret.txt',
    '/docs/../../secret.txt',
    '/%2e%2e/secret.txt',
    '/docs/%2e%2e%2f%2e%2e%2fsecret.txt',
    '/..%5csecret.txt',
    '/docs/assets/%00',
    '/%',
  ])('[F3] %s does not leave the built apps', async (path) => {
    const { status, body } = await get(path);
    expect(status).toBeGreaterThanOrEqual(400);
    expect(body).not.toContain('secret\n');
  });

  it('[F4] an app that is not built says so', async () => {
    expect((await get('/gantt/x')).status).toBe(503);
    expect((await get('/assets/none.js')).status).toBe(404);
  });
});

/** Resolves to the code that the relay closes with after these packets; or to the HTTP status of a refusal. */
function codeAfter(
  packets: readonly (Uint8Array | string)[],
  origin?: string,
  host?: string,
): Promise<number> {
  return new Promise((resolve) => {
    const headers = { ...(origin ? { origin } : {}), ...(host ? { host } : {}) };
    const ws = new WebSocket(`${relay.url.replace('http', 'ws')}/ws`, { headers });
    ws.on('unexpected-response', (_req, res) => resolve(res.statusCode ?? 0));
    ws.on('open', () => {
      for (const packet of packets) ws.send(packet);
      if (packets.length === 0) ws.close(1000);
    });
    ws.on('close', (code) => resolve(code));
    ws.on('error', () => {});
  });
}

describe('connections', () => {
  const replica = newReplicaId();
  const hello = encodeFrame({ type: 'hello', oldest: 1, newest: 1, replica, token: '' });
  const join = (handle: number, room: string) =>
    encodeFrame({ type: 'join', handle, room, epoch: '', version: new Map() });

  it.each([
    ['garbage', [Uint8Array.of(9, 9, 9)], 4400],
    ['text', ['hello'], 4400],
    ['a frame before HELLO', [join(1, 'docs/x')], 4406],
    ['HELLO twice', [hello, hello], 4400],
    [
      'a version of the future',
      [encodeFrame({ type: 'hello', oldest: 9, newest: 9, replica, token: '' })],
      4402,
    ],
    ['a frame that only relays send', [hello, encodeFrame({ type: 'caught-up', handle: 1 })], 4400],
    ['one handle for two rooms', [hello, join(1, 'docs/x'), join(1, 'docs/y')], 4400],
    ['too many rooms', [hello, ...Array.from({ length: 65 }, (_, i) => join(i + 1, `docs/${i}`))], 4409],
    ['an oversized packet', [new Uint8Array(300_000)], 1009],
  ] as [string, (Uint8Array | string)[], number][])(
    '[C1] %s closes with its code, and harms nobody else',
    async (_what, packets, code) => {
      const bystander = connect(relay.url, 'docs/x');
      await bystander.ready;
      await saved(bystander);
      expect(await codeAfter(packets)).toBe(code);
      bystander.doc.change((root) => root.words.add('still here'));
      await saved(bystander);
      await bystander.close();
    },
  );

  it('[C2] only our own pages, allowed ones and programs may connect', async () => {
    expect(await codeAfter([], undefined)).toBe(1000);
    expect(await codeAfter([], relay.url)).toBe(1000);
    expect(await codeAfter([], 'https://friend.example')).toBe(1000);
    expect(await codeAfter([], 'https://evil.example')).toBe(403);
    expect(await codeAfter([], 'null')).toBe(403);
    // A foreign name that was made to point here.
    expect(await codeAfter([], 'http://evil.example', 'evil.example')).toBe(403);
  });

  it('[C3] people see each other come and go, under ids that nobody chooses for others', async () => {
    const [ana, bo] = [connect(relay.url, 'docs/who', 'Ana'), connect(relay.url, 'docs/who', 'Bo')];
    await Promise.all([ana.ready, bo.ready]);
    await until(
      () => ana.presence.peers().length === 1 && bo.presence.peers().length === 1,
      ana.presence.subscribe,
      bo.presence.subscribe,
    );
    expect(ana.presence.peers()[0]).toMatchObject({ name: 'Bo', replica: bo.doc.replica, data: null });
    bo.presence.set({ caret: 3 });
    await until(() => ana.presence.peers()[0]?.data !== null, ana.presence.subscribe);
    expect(ana.presence.peers()[0]?.data).toEqual({ caret: 3 });
    await bo.close();
    await until(() => ana.presence.peers().length === 0, ana.presence.subscribe);
    await ana.close();
  });

  it('[C4] a change of several megabytes arrives; one that is too large is not made, says so, and holds up nothing', async () => {
    const [ana, bo] = [connect(relay.url, 'docs/big'), connect(relay.url, 'docs/big')];
    await Promise.all([ana.ready, bo.ready]);
    await Promise.all([saved(ana), saved(bo)]);
    ana.doc.change((root) => root.words.add('x'.repeat(3_000_000)));
    await until(() => bo.doc.view.words.length === 1, bo.doc.subscribe.bind(bo.doc));
    await saved(ana);
    expect(() => ana.doc.change((root) => root.words.add('y'.repeat(9_000_000)))).toThrow(/at most/);
    await until(() => ana.status.get().problem?.kind === 'too-large', ana.status.subscribe);
    expect([ana.doc.view.words.length, ana.status.get().waiting]).toEqual([1, 0]);
    // As large as a change may be, and what is made after it.
    ana.doc.change((root) => root.words.add('z'.repeat(8 * 1024 * 1024 - 200)));
    ana.doc.change((root) => root.words.add('behind it'));
    await until(() => bo.doc.view.words.length === 3, bo.doc.subscribe.bind(bo.doc));
    await saved(ana);
    expect(ana.status.get().problem).toBeUndefined();
    await Promise.all([ana.close(), bo.close()]);
  });

  it('[C6] a foreign page that breaks its line, or never ends it, harms nobody', async () => {
    const own = await startRelay(readConfig({ PORT: '0', DATA_DIR: mkdtempSync(`${folder}/own-`) }));
    const ask = (): Promise<ReturnType<typeof connectLine>> =>
      new Promise((resolve) => {
        const line = connectLine({ port: own.port, host: '127.0.0.1', allowHalfOpen: true });
        line.on('error', () => {});
        const head = ['GET /ws HTTP/1.1', `Host: 127.0.0.1:${own.port}`, 'Origin: https://evil.example'];
        const upgrade = ['Connection: Upgrade', 'Upgrade: websocket', 'Sec-WebSocket-Version: 13'];
        line.write(
          `${[...head, ...upgrade, 'Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ=='].join('\r\n')}\r\n\r\n`,
          () => resolve(line),
        );
      });
    // An error that nobody listens to would fail this run as unhandled.
    for (let i = 0; i < 50; i++) (await ask()).resetAndDestroy();
    const open = await ask();
    await new Promise((resolve) => open.once('data', resolve));
    await own.close();
    open.destroy();
  });

  it('[C5] tells Prometheus how it is', async () => {
    expect((await get('/healthz')).status).toBe(200);
    const { body } = await get('/metrics');
    expect(body).toMatch(/^concord_changes_total \d+$/m);
    expect(body).toMatch(/^concord_closed_total\{code="4400"\} \d+$/m);
  });
});
