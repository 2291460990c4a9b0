import { mkdtempSync, rmSync } from 'node:fs';
import { type IncomingMessage, request } from 'node:http';
import { connect as connectLine, type Socket as NetSocket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  decodeFrame,
  encodeFrame,
  type Frame,
  newReplicaId,
  packBody,
  retryAfter,
} from '@concord/sync/protocol';
import { SignJWT } from 'jose';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { readConfig, type StartedRelay, startRelay } from './index.ts';
import { changesOf } from './testing/changes.ts';
import { connect, saved } from './testing/client.ts';

const SECRET = 'a secret of at least thirty-two characters';
const ROOM = 'docs/a';
const tokenFor = (user: string): Promise<string> =>
  new SignJWT()
    .setProtectedHeader({ alg: 'HS256' })
    .setSubject(user)
    .setAudience('concord')
    .setExpirationTime('1h')
    .sign(new TextEncoder().encode(SECRET));

let folder: string;
let relay: StartedRelay;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'concord-'));
});
afterEach(async () => {
  await relay.close();
  rmSync(folder, { recursive: true, force: true });
});

async function start(env: Record<string, string> = {}): Promise<void> {
  relay = await startRelay(readConfig({ PORT: '0', DATA_DIR: folder, ...env }));
}
const startClosed = (): Promise<void> => start({ JWT_SECRET: SECRET, JWT_AUDIENCE: 'concord' });

interface Answer {
  readonly status: number;
  readonly body: string;
  readonly headers: IncomingMessage['headers'];
}

async function ask(
  method: string,
  path: string,
  options: { token?: string; json?: unknown; headers?: Record<string, string> } = {},
): Promise<Answer> {
  const { token, json, headers = {} } = options;
  const response = await fetch(`${relay.url}${path}`, {
    method,
    headers: {
      ...(token && { Authorization: `Bearer ${token}` }),
      ...(json !== undefined && { 'Content-Type': 'application/json' }),
      ...headers,
    },
    ...(json !== undefined && { body: JSON.stringify(json) }),
  });
  return {
    status: response.status,
    body: await response.text(),
    headers: Object.fromEntries(response.headers),
  };
}

/** A client over a WebSocket that notes what it hears. */
class Client {
  readonly ws: WebSocket;
  readonly replica = newReplicaId();
  readonly heard: Frame[] = [];
  readonly closed: Promise<{ code: number; reason: string }>;
  #look = (): void => {};

  constructor() {
    this.ws = new WebSocket(`${relay.url.replace('http', 'ws')}/ws`);
    this.closed = new Promise((resolve) =>
      this.ws.on('close', (code, reason) => resolve({ code, reason: reason.toString() })),
    );
    this.ws.on('message', (data: Buffer) => {
      this.heard.push(decodeFrame(data));
      this.#look();
    });
  }

  async hello(token: string | null): Promise<void> {
    if (this.ws.readyState !== WebSocket.OPEN) await new Promise((resolve) => this.ws.once('open', resolve));
    this.say({ type: 'hello', oldest: 1, newest: 2, replica: this.replica, token });
    await this.hears('welcome');
  }

  say(frame: Frame): void {
    this.ws.send(encodeFrame(frame));
  }

  join(grant?: string): void {
    const join = { type: 'join', handle: 1, room: ROOM, epoch: '', version: new Map() } as const;
    this.say(grant === undefined ? join : { ...join, grant });
  }

  /** Resolves to the first frame of that type from here on or before. */
  hears<T extends Frame['type']>(type: T): Promise<Frame & { type: T }> {
    return new Promise((resolve) => {
      this.#look = () => {
        const found = this.heard.findLast((frame): frame is Frame & { type: T } => frame.type === type);
        if (found) resolve(found);
      };
      this.#look();
    });
  }
}

describe('access over HTTP', () => {
  it('[H1] an owner sees and changes who may what; others may not, and a stranger does not learn that the room is there', async () => {
    await startClosed();
    const [ana, bo] = [await tokenFor('ana'), await tokenFor('bo')];
    const first = new Client();
    await first.hello(ana);
    first.join();
    await first.hears('joined');
    const path = '/rooms/docs%2Fa';
    expect((await ask('GET', `${path}/access`, { token: ana })).body).toBe(
      '{"open":false,"people":{"ana":"owner"},"links":[]}\n',
    );
    expect((await ask('PUT', `${path}/people/bo`, { token: ana, json: { role: 'editor' } })).status).toBe(
      204,
    );
    const made = await ask('POST', '/rooms/docs/a/links', { token: ana, json: { role: 'viewer' } });
    expect(made.status).toBe(201);
    const { id, token: grant } = JSON.parse(made.body) as { id: string; token: string };
    const listed = await ask('GET', `${path}/access`, { token: ana });
    expect(JSON.parse(listed.body)).toEqual({
      open: false,
      people: { ana: 'owner', bo: 'editor' },
      links: [{ id, role: 'viewer', expires: null }],
    });
    expect(listed.body).not.toContain(grant);
    for (const [status, token] of [
      [403, bo],
      [404, await tokenFor('eve')],
      [404, undefined],
      [401, 'rubbish'],
    ] as const)
      expect((await ask('GET', `${path}/access`, token ? { token } : {})).status).toBe(status);
    for (const [status, method, what, json] of [
      [400, 'PUT', 'people/bo', { role: 'god' }],
      [400, 'POST', 'links', { role: 'viewer', expires: 'soon' }],
      [409, 'PUT', 'people/ana', { role: 'editor' }],
      [409, 'DELETE', 'people/ana', undefined],
      [404, 'DELETE', 'people/nobody', undefined],
      [404, 'DELETE', 'links/nothing', undefined],
      [405, 'POST', 'people/bo', { role: 'viewer' }],
      [413, 'POST', 'links', { role: 'viewer', more: 'x'.repeat(10_000) }],
    ] as const) {
      const answer = await ask(method, `${path}/${what}`, { token: ana, ...(json && { json }) });
      expect([what, answer.status]).toEqual([what, status]);
    }
    const plain = { token: ana, headers: { 'Content-Type': 'text/plain' } };
    expect((await ask('POST', `${path}/links`, plain)).status).toBe(415);
    first.ws.close();
  });

  it('[H2] revoking a link or a person is felt within a second', async () => {
    await startClosed();
    const ana = await tokenFor('ana');
    const owner = new Client();
    await owner.hello(ana);
    owner.join();
    await owner.hears('joined');
    const path = '/rooms/docs%2Fa';
    await ask('PUT', `${path}/people/bo`, { token: ana, json: { role: 'editor' } });
    const { id, token: grant } = JSON.parse(
      (await ask('POST', `${path}/links`, { token: ana, json: { role: 'editor' } })).body,
    ) as { id: string; token: string };
    const bo = new Client();
    await bo.hello(await tokenFor('bo'));
    bo.join();
    const guest = new Client();
    await guest.hello(null);
    guest.join(grant);
    await Promise.all([bo.hears('caught-up'), guest.hears('caught-up')]);
    const began = performance.now();
    await ask('DELETE', `${path}/people/bo`, { token: ana });
    await ask('DELETE', `${path}/links/${id}`, { token: ana });
    for (const one of [bo, guest]) expect(await one.hears('role')).toMatchObject({ role: null });
    expect(performance.now() - began).toBeLessThan(1_000);
    for (const one of [bo, guest]) {
      one.say({ type: 'ops', handle: 1, changes: changesOf(one.replica, 0, 1) });
      expect(await one.hears('reject')).toMatchObject({ code: 'not-joined' });
      one.ws.close();
    }
    owner.ws.close();
  });
});

/** A stream of server-sent events, line by line. */
async function stream(
  headers: Record<string, string> = {},
): Promise<{ status: number; lines: AsyncIterator<string>; end(): void; type: string }> {
  const res = await new Promise<IncomingMessage>((resolve, reject) => {
    request(`${relay.url}/sse`, { headers }, resolve).on('error', reject).end();
  });
  async function* lines(): AsyncGenerator<string> {
    let rest = '';
    for await (const chunk of res) {
      rest += String(chunk);
      const all = rest.split('\n\n');
      rest = all.pop() ?? '';
      yield* all;
    }
  }
  return {
    status: res.statusCode ?? 0,
    type: String(res.headers['content-type']),
    lines: lines(),
    end: () => res.destroy(),
  };
}

describe('server-sent events', () => {
  it('[H3] carry the same frames as a WebSocket, both ways, to and from people on one', async () => {
    await start();
    const bo = connect(relay.url, ROOM, 'Bo');
    await bo.ready;
    await saved(bo);
    const { lines, type, end } = await stream();
    expect(type).toBe('text/event-stream');
    const [, session] = /^event: session\ndata: (\S+)$/.exec((await lines.next()).value) ?? [];
    expect(session).toMatch(/^[\w-]{24}$/);
    const post = (body: Uint8Array): Promise<Response> =>
      fetch(`${relay.url}/sse/${session}`, { method: 'POST', body: body as Uint8Array<ArrayBuffer> });
    const replica = newReplicaId();
    const hello = encodeFrame({ type: 'hello', oldest: 1, newest: 2, replica, token: null });
    const joining = encodeFrame({ type: 'join', handle: 1, room: ROOM, epoch: '', version: new Map() });
    expect((await post(packBody([hello, joining]))).status).toBe(204);
    const next = async (): Promise<Frame> => {
      const { value } = await lines.next();
      return decodeFrame(Buffer.from(String(value).replace('data: ', ''), 'base64'));
    };
    expect(await next()).toMatchObject({ type: 'welcome' });
    expect(await next()).toMatchObject({ type: 'joined' });
    for (let frame = await next(); frame.type !== 'caught-up'; frame = await next());
    bo.doc.change((root) => root.words.add('over'));
    for (let frame = await next(); ; frame = await next()) if (frame.type === 'ops') break;
    const changes = changesOf(replica, 0, 1);
    await post(packBody([encodeFrame({ type: 'ops', handle: 1, changes })]));
    for (let frame = await next(); ; frame = await next()) if (frame.type === 'ack') break;
    expect((await post(Uint8Array.of(9, 9, 9))).status).toBe(400);
    for (let value = ''; !value.startsWith('event: close'); value = (await lines.next()).value);
    end();
    await bo.close();
  });

  it('[H4] are refused to foreign pages, to strangers’ sessions, and in too large pieces', async () => {
    await start();
    expect((await stream({ Origin: 'https://evil.example' })).status).toBe(403);
    expect((await ask('POST', '/sse/guess', { json: 1 })).status).toBe(404);
    expect((await ask('POST', '/sse/guess', { headers: { Origin: 'https://evil.example' } })).status).toBe(
      403,
    );
    expect(
      (await ask('GET', '/rooms/docs%2Fa/access', { headers: { Origin: 'https://evil.example' } })).status,
    ).toBe(403);
    const { lines, end } = await stream();
    const [, session] = /data: (\S+)$/.exec((await lines.next()).value) ?? [];
    const body = new Uint8Array(2_000_000);
    const status = await fetch(`${relay.url}/sse/${session}`, { method: 'POST', body }).then(
      (response) => response.status,
      () => 413,
    );
    expect(status).toBe(413);
    end();
  });
});

describe('the process', () => {
  it('[H5] security headers stand on every answer', async () => {
    await start();
    for (const path of ['/', '/healthz', '/metrics', '/none.js', '/rooms/x', '/sse/x']) {
      const { headers } = await ask('GET', path);
      expect(headers['content-security-policy'], path).toContain("object-src 'none'");
      expect(headers['x-content-type-options'], path).toBe('nosniff');
      expect(headers['x-frame-options'], path).toBe('SAMEORIGIN');
    }
  });

  it('[H6] metrics tell every family with help and type, and are for this machine or for a token', async () => {
    await start({ METRICS_TOKEN: 'a token of sixteen', TRUST_PROXY: 'yes' });
    expect((await ask('GET', '/metrics')).status).toBe(403);
    expect((await ask('GET', '/metrics', { token: 'another' })).status).toBe(403);
    const { body, status } = await ask('GET', '/metrics', { token: 'a token of sixteen' });
    expect(status).toBe(200);
    const samples = body.split('\n').filter((line) => line && !line.startsWith('#'));
    for (const sample of samples) {
      const family = sample.replace(/[{ ].*/, '').replace(/_(bucket|sum|count)$/, '');
      expect(body).toContain(`# HELP ${family} `);
      expect(sample).toMatch(/^[a-z_]+(\{[a-z]+="[^"]*"\})? -?[\d.e+-]+$/);
    }
    for (const name of ['commit_failures_total', 'quarantined_total', 'event_loop_seconds', 'buffered_bytes'])
      expect(body).toContain(`concord_${name}`);
  });

  it('[H7] stopping: not ready, no newcomers, everything on disk, and a time to come back for each', async () => {
    await start();
    expect((await ask('GET', '/readyz')).body).toBe('ready\n');
    const clients = await Promise.all(
      Array.from({ length: 20 }, async () => {
        const client = new Client();
        await client.hello(null);
        client.join();
        await client.hears('caught-up');
        return client;
      }),
    );
    for (const client of clients)
      client.say({ type: 'ops', handle: 1, changes: changesOf(client.replica, 0, 1) });
    await clients[0]?.hears('ack');
    await relay.close();
    const goodbyes = await Promise.all(clients.map(({ closed }) => closed));
    expect(new Set(goodbyes.map(({ code }) => code))).toEqual(new Set([1012]));
    const waits = goodbyes.map(({ reason }) => retryAfter(reason) ?? -1);
    expect(Math.min(...waits)).toBeGreaterThanOrEqual(0);
    expect(new Set(waits).size).toBeGreaterThan(10);
    await start();
    const reader = new Client();
    await reader.hello(null);
    reader.join();
    const { version } = await reader.hears('joined');
    const acked = clients.filter(({ heard }) => heard.some(({ type }) => type === 'ack'));
    expect(acked.length).toBeGreaterThan(0);
    for (const { replica } of acked) expect(version.get(replica)).toBe(1);
    reader.ws.close();
  });

  it('[H8] 5,000 lines on which nothing is said, or half a word, keep nobody out, and are closed', async () => {
    await start();
    const silent: NetSocket[] = [];
    let open = 0;
    const began = performance.now();
    const closed = Promise.withResolvers<number>();
    for (let i = 0; i < 5_000; i++) {
      const line = connectLine({ port: relay.port, host: '127.0.0.1' });
      line.on('error', () => {});
      line.on('connect', () => open++);
      line.on('close', () => --open === 0 && closed.resolve(performance.now() - began));
      line.resume();
      line.write(i % 2 ? 'GET /ws HT' : '');
      silent.push(line);
      // The system keeps only so many waiting.
      if (i % 250 === 249) await new Promise((resolve) => line.once('connect', resolve));
    }
    expect(open).toBe(5_000);
    const ana = connect(relay.url, ROOM, 'Ana');
    await ana.ready;
    ana.doc.change((root) => root.words.add('in'));
    await saved(ana);
    await ana.close();
    expect(await closed.promise).toBeGreaterThan(5_000);
    expect(silent.every((line) => line.closed)).toBe(true);
  }, 40_000);
});
