import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { counter, object } from '@concord/crdt';
import {
  fallbackTransport,
  memoryStore,
  openSession,
  type Session,
  sseTransport,
  type TransportFactory,
  webSocketTransport,
} from '@concord/sync';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type RunningRelay, readConfig, startRelay } from './index.ts';
import { until } from './testing/client.ts';
import { type LineProxy, lineProxy, type ProxyMode } from './testing/line-proxy.ts';

const schema = object({ clicks: counter() });

describe('a client and a network that breaks', () => {
  let folder: string;
  let relay: RunningRelay;
  let proxy: LineProxy;
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'concord-'));
    relay = await startRelay(readConfig({ PORT: '0', DATA_DIR: folder }));
    proxy = await lineProxy(relay.port);
  });
  afterAll(async () => {
    await proxy.close();
    await relay.close();
    rmSync(folder, { recursive: true, force: true });
  });

  const ws = (port: number): TransportFactory => webSocketTransport(`ws://127.0.0.1:${port}/ws`);
  const sse = (port: number): TransportFactory => sseTransport(`http://127.0.0.1:${port}/sse`);
  const open = async (room: string, transport: TransportFactory): Promise<Session<typeof schema>> => {
    const identity = { name: 'someone', colour: 0 };
    const session = openSession({ schema, room, store: memoryStore(), transport, identity });
    await session.ready;
    await until(() => session.status.get().remote === 'live', session.status.subscribe);
    return session;
  };
  const click = ({ doc }: Session<typeof schema>, times: number): void => {
    for (let n = 0; n < times; n++) doc.change((root) => root.clicks.increment(1));
  };

  it('[R5] server-sent events and requests carry the same frames, both ways', async () => {
    const [ana, bo] = [await open('docs/sse', sse(relay.port)), await open('docs/sse', ws(relay.port))];
    expect(ana.status.get().transport).toBe('Server-sent events');
    ana.presence.set('here');
    click(ana, 300);
    click(bo, 200);
    await until(
      () => ana.doc.view.clicks === 500,
      (listener) => ana.doc.subscribe(listener),
    );
    await until(
      () => bo.doc.view.clicks === 500,
      (listener) => bo.doc.subscribe(listener),
    );
    await until(() => ana.status.get().badge === 'saved', ana.status.subscribe);
    await until(() => bo.presence.peers()[0]?.data === 'here', bo.presence.subscribe);
    await ana.close();
    await until(() => bo.presence.peers().length === 0, bo.presence.subscribe);
    await bo.close();
  });

  it.each(['cut', 'swallow'] as const)(
    '[R6] a WebSocket lost in mid-batch (%s): all is saved by the other way, nothing lost, nothing twice',
    async (mode: ProxyMode) => {
      const room = `docs/${mode}`;
      proxy.set('pass');
      const ana = await open(room, fallbackTransport([ws(proxy.port), sse(relay.port)]));
      const bo = await open(room, ws(relay.port));
      expect(ana.status.get().transport).toBe('WebSocket');
      click(ana, 200);
      // The first half is on its way, the second comes while the line breaks.
      await new Promise((resolve) => setImmediate(resolve));
      proxy.set(mode);
      click(ana, 200);
      await until(() => ana.status.get().waiting === 0, ana.status.subscribe);
      await until(
        () => bo.doc.view.clicks === 400,
        (listener) => bo.doc.subscribe(listener),
      );
      expect(ana.status.get()).toMatchObject({ badge: 'saved', transport: 'Server-sent events' });
      expect(bo.doc.stateHash()).toBe(ana.doc.stateHash());
      await Promise.all([ana.close(), bo.close()]);
    },
  );
});
