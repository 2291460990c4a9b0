// One cell of the table: one work against one server, each in a process of its own. Prints its figures as JSON.
import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { Crowd } from './crowd.ts';
import type { DialectName } from './dialects.ts';
import type { Cell } from './figures.ts';
import { Marks } from './marks.ts';
import type { Costs } from './server.ts';
import type { Work } from './works.ts';

/** Milliseconds between looks at what is due to be sent, and after the last send for what is still on its way. */
const TICK = 2;
const SETTLE = 1_500;
const STRAGGLERS = 10_000;
/** Connections that are opened at once after a restart. */
const RETURNING = 1_000;

interface Measured {
  readonly port: number;
  costs(afterGc?: boolean): Promise<Costs>;
  /** Kills the server and starts it again on what it left. */
  restart(): Promise<void>;
}

async function traffic(
  server: DialectName,
  { port, costs }: Measured,
  work: Work & { kind: 'traffic' },
): Promise<Cell> {
  const { crowd, connections, sendsPerSecond, seconds, document } = work;
  const marks = new Marks();
  const sentAt: number[][] = [];
  const ackTimes: number[] = [];
  const ackedBefore: number[] = [];
  const everyone = new Crowd(server, port, {
    content: (client, packet) => marks.hear(client.index, packet),
    acknowledged: (client, total) => {
      const now = performance.now();
      const times = sentAt[client.index];
      if (!times) return;
      for (const at of times.splice(0, total - (ackedBefore[client.index] ?? 0))) ackTimes.push(now - at);
      ackedBefore[client.index] = total;
    },
  });
  const rooms = Array.from({ length: connections / crowd }, (_, i) => `docs/load${i}`);
  // Who filled a room stays in it and listens too.
  const others = document > 0 ? crowd : crowd - 1;
  if (document > 0) for (const room of rooms) await everyone.fill(room, document);
  const before = await costs(true);
  const clients = await everyone.join(rooms.flatMap((room) => Array.from({ length: crowd }, () => room)));
  // Everything is made before the clock starts, so that the generator only sends.
  const total = sendsPerSecond * seconds;
  const edits = Array.from({ length: total }, (_, i) => {
    // Spread over the rooms, and over the people in them.
    const client = clients[(i * crowd + Math.floor((i * crowd) / connections)) % connections];
    if (!client) throw new Error('nobody is there');
    return { client, mark: i, packet: client.speaker.edit(marks.make(i, client.index, others)) };
  });
  for (const client of clients) {
    sentAt[client.index] = [];
    ackedBefore[client.index] = client.acknowledged;
  }
  await sleep(SETTLE);
  const idle = await costs();
  const began = performance.now();
  let lag = 0;
  for (let sent = 0; sent < total; ) {
    const due = Math.min(total, Math.floor(((performance.now() - began) / 1000) * sendsPerSecond) + 1);
    lag = Math.max(lag, ((due - sent - 1) / sendsPerSecond) * 1000);
    for (; sent < due; sent++) {
      const edit = edits[sent];
      if (!edit) break;
      const now = performance.now();
      marks.sent(edit.mark, now);
      sentAt[edit.client.index]?.push(now);
      edit.client.send(edit.packet);
    }
    await sleep(TICK);
  }
  const sending = (performance.now() - began) / 1000;
  const acknowledges = clients[0]?.speaker.acknowledges ?? false;
  const deadline = performance.now() + STRAGGLERS;
  const isDone = () => marks.missing === 0 && (!acknowledges || ackTimes.length >= total);
  while (!isDone() && performance.now() < deadline) await sleep(20);
  const after = await costs();
  const lasted = (performance.now() - began) / 1000;
  const figures: Record<string, Cell[string]> = {
    connections: { unit: 'count', samples: [clients.length - everyone.lost.length] },
    'generator lag': { unit: 'ms', samples: [lag] },
    memory: { unit: 'MB RSS', samples: [after.rss / 1e6] },
    'memory per connection': { unit: 'kB RSS', samples: [(idle.rss - before.rss) / 1000 / clients.length] },
    'CPU of one core': { unit: '%', samples: [(after.cpu - idle.cpu) / lasted / 1e4] },
  };
  if (crowd > 1) {
    Object.assign(figures, {
      delivery: { unit: 'ms', samples: marks.latencies },
      'deliveries per second': { unit: '1/s', samples: [marks.latencies.length / sending] },
      undelivered: { unit: 'count', samples: [marks.missing] },
      'CPU per delivery': { unit: 'µs', samples: [(after.cpu - idle.cpu) / marks.latencies.length] },
      'of it on the main thread': {
        unit: 'µs',
        samples: [(after.mainCpu - idle.mainCpu) / marks.latencies.length],
      },
    });
  }
  if (acknowledges) {
    Object.assign(figures, {
      [server === 'concord' ? 'durable ack' : 'ack from memory']: { unit: 'ms', samples: ackTimes },
      'acks per second': { unit: '1/s', samples: [ackTimes.length / sending] },
      'CPU per op': { unit: 'µs', samples: [(after.cpu - idle.cpu) / total] },
    });
  }
  return figures;
}

async function idle(
  server: DialectName,
  { port, costs }: Measured,
  work: Work & { kind: 'idle' },
): Promise<Cell> {
  const crowd = new Crowd(server, port);
  // The first connections make what is made once.
  await crowd.join(['docs/warm1', 'docs/warm2']);
  const half = work.connections / 2;
  const weigh = async () => {
    await sleep(SETTLE);
    return costs(true);
  };
  const empty = await weigh();
  await crowd.join(Array.from({ length: half }, () => 'docs/shared'));
  const together = await weigh();
  await crowd.join(Array.from({ length: half }, (_, i) => `docs/own${i}`));
  const apart = await weigh();
  const each = (a: Costs, b: Costs, of: 'rss' | 'heap') => (b[of] - a[of]) / half / 1000;
  return {
    connections: { unit: 'count', samples: [work.connections - crowd.lost.length] },
    memory: { unit: 'MB RSS', samples: [apart.rss / 1e6] },
    'memory per connection': { unit: 'kB RSS', samples: [each(empty, together, 'rss')] },
    'heap per connection': { unit: 'kB', samples: [each(empty, together, 'heap')] },
    'memory per connection with its room': { unit: 'kB RSS', samples: [each(together, apart, 'rss')] },
    'heap per room': {
      unit: 'kB',
      samples: [each(together, apart, 'heap') - each(empty, together, 'heap')],
    },
  };
}

async function joins(
  server: DialectName,
  { port, costs }: Measured,
  work: Work & { kind: 'joins' },
): Promise<Cell> {
  const crowd = new Crowd(server, port);
  await crowd.fill('docs/large', work.document);
  const before = await costs(true);
  let peak = before.rss;
  let isOver = false;
  const watching = (async () => {
    for (; !isOver; await sleep(200)) peak = Math.max(peak, (await costs()).rss);
  })();
  const began = performance.now();
  const clients = await crowd.join(
    Array.from({ length: work.joins }, () => 'docs/large'),
    work.joins,
  );
  const lasted = (performance.now() - began) / 1000;
  isOver = true;
  await watching;
  const after = await costs();
  return {
    connections: { unit: 'count', samples: [clients.length - crowd.lost.length] },
    'join, all at once': { unit: 'ms', samples: clients.map((client) => client.joinMilliseconds) },
    'joins per second': { unit: '1/s', samples: [clients.length / lasted] },
    'CPU per join': { unit: 'ms', samples: [(after.cpu - before.cpu) / 1000 / clients.length] },
    'memory at most': { unit: 'MB RSS', samples: [peak / 1e6] },
    'memory before': { unit: 'MB RSS', samples: [before.rss / 1e6] },
  };
}

async function cycle(
  server: DialectName,
  { port, costs }: Measured,
  work: Work & { kind: 'cycle' },
): Promise<Cell> {
  const crowd = new Crowd(server, port);
  const visit = async (room: string): Promise<void> => {
    const client = await crowd.open(room);
    client.send(client.speaker.edit('a word  '));
    // An answer to a second question on the same line would come after the edit; an acknowledgement does.
    for (let i = 0; client.speaker.acknowledges && client.acknowledged === 0 && i < 1_000; i++)
      await sleep(1);
    client.end();
  };
  const visitAll = async (prefix: string, count: number): Promise<void> => {
    let next = 0;
    const worker = async (): Promise<void> => {
      for (let i = next++; i < count; i = next++) await visit(`docs/${prefix}${i}`);
    };
    await Promise.all(Array.from({ length: work.atOnce }, worker));
  };
  const weigh = async () => {
    await sleep(SETTLE);
    return costs(true);
  };
  // What grows with first use only, such as caches and compiled code, is not what is looked for.
  await visitAll('warm', Math.ceil(work.rooms / 10));
  const before = await weigh();
  const began = performance.now();
  await visitAll('cycled', work.rooms);
  const lasted = (performance.now() - began) / 1000;
  const after = await weigh();
  return {
    'rooms per second': { unit: '1/s', samples: [work.rooms / lasted] },
    'CPU per room': { unit: 'µs', samples: [(after.cpu - before.cpu) / work.rooms] },
    'heap growth': { unit: '%', samples: [(after.heap / before.heap - 1) * 100] },
    'memory growth': { unit: '% RSS', samples: [(after.rss / before.rss - 1) * 100] },
    'memory after': { unit: 'MB RSS', samples: [after.rss / 1e6] },
    'connections left': { unit: 'count', samples: [crowd.lost.length] },
  };
}

async function restart(
  server: DialectName,
  measured: Measured,
  work: Work & { kind: 'restart' },
): Promise<Cell> {
  const { connections, crowd } = work;
  const rooms = Array.from({ length: connections / crowd }, (_, i) => `docs/load${i}`);
  const everyone = rooms.flatMap((room) => Array.from({ length: crowd }, () => room));
  const before = new Crowd(server, measured.port);
  const clients = await before.join(everyone);
  const writers = clients.filter((_, i) => i % crowd === 0);
  for (const writer of writers) writer.send(writer.speaker.edit('kept'));
  while (writers.some((writer) => writer.acknowledged === 0)) await sleep(10);
  const killed = performance.now();
  await measured.restart();
  const started = performance.now();
  const empty = await measured.costs();
  // With something of the document before they are in: what was acknowledged.
  let brought = 0;
  const after = new Crowd(server, measured.port, { brought: () => brought++ });
  const back = await after.join(everyone, RETURNING);
  const lasted = performance.now() - started;
  const costs = await measured.costs();
  return {
    connections: { unit: 'count', samples: [back.length - after.lost.length] },
    'start after a kill': { unit: 'ms', samples: [started - killed] },
    'join, many at once': { unit: 'ms', samples: back.map((client) => client.joinMilliseconds) },
    'until all are back': { unit: 'ms', samples: [lasted] },
    'joined without what was acknowledged': { unit: 'count', samples: [back.length - brought] },
    'CPU per join': { unit: 'ms', samples: [(costs.cpu - empty.cpu) / 1000 / back.length] },
    memory: { unit: 'MB RSS', samples: [costs.rss / 1e6] },
  };
}

async function fresh(
  server: DialectName,
  port: number,
  folder: string,
  flags: readonly string[],
): Promise<ChildProcess> {
  const child = fork(fileURLToPath(new URL('server.ts', import.meta.url)), [server, String(port), folder], {
    execArgv: ['--expose-gc', ...flags],
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  });
  await answerOf(child);
  return child;
}

/** The next message of a server. Rejects if it ends instead. */
async function answerOf(child: ChildProcess): Promise<unknown> {
  const ending = new AbortController();
  try {
    const ended = once(child, 'exit', { signal: ending.signal }).then(() => {
      throw new Error('the server ended');
    });
    const [answer] = await Promise.race([once(child, 'message', { signal: ending.signal }), ended]);
    return answer;
  } finally {
    ending.abort();
  }
}

async function start(
  server: DialectName,
  port: number,
  flags: readonly string[],
): Promise<Measured & { end(): Promise<void> }> {
  const folder = mkdtempSync(join(tmpdir(), 'concord-bench-'));
  process.on('exit', () => rmSync(folder, { recursive: true, force: true }));
  let child = await fresh(server, port, folder, flags);
  return {
    port,
    costs: async (afterGc = false) => {
      child.send(afterGc ? 'costs after gc' : 'costs');
      return (await answerOf(child)) as Costs;
    },
    restart: async () => {
      const exited = once(child, 'exit');
      child.kill('SIGKILL');
      await exited;
      child = await fresh(server, port, folder, flags);
    },
    // With a profile being taken, the server must end by itself.
    end: async () => {
      const exited = once(child, 'exit');
      child.disconnect();
      await exited;
    },
  };
}

const [server, port, json, ...flags] = process.argv.slice(2) as [DialectName, string, string, ...string[]];
const work = JSON.parse(json) as Work;
const measured = await start(server, Number(port), flags);
const run = { idle, traffic, joins, cycle, restart } as const;
const cell = await (run[work.kind] as (s: DialectName, m: Measured, w: Work) => Promise<Cell>)(
  server,
  measured,
  work,
);
// Hundreds of thousands of samples take their time on the way.
await new Promise((resolve) => process.send?.(cell, resolve));
await measured.end();
process.exit(0);
