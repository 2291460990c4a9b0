import { setTimeout as sleep } from 'node:timers/promises';
import { changeCrc } from '@concord/sync/protocol';
import { mulberry32 } from '@concord/sync/testing';
import { SqliteLog } from '../sqlite-log.ts';
import { CrashClient } from './crash-client.ts';
import { killAtStart, startProcess } from './process.ts';

export interface CrashOptions {
  readonly folder: string;
  readonly kills: number;
  /** Milliseconds after which no more kills are made, however many were asked for. */
  readonly within?: number;
  /** Changes that must be acknowledged between two kills, in all. */
  readonly opsPerKill: number;
  /** Decides when to kill. */
  readonly seed: number;
  readonly tell?: (line: string) => void;
}

export interface CrashReport {
  readonly kills: number;
  /** Kills while a relay was still starting. */
  readonly killsAtStart: number;
  /** Changes acknowledged as durable, and how many of them were not there afterwards, byte for byte. */
  readonly durable: number;
  readonly lost: number;
  /** Changes on disk that nobody wrote so, or that are there twice. */
  readonly foreign: number;
  /** What a relay said that was not so. */
  readonly broken: readonly string[];
}

/** Writers at once, rooms among them, and kills after which they are replaced by new ones. */
const WRITERS = 8;
const ROOMS = 3;
const GENERATION = 20;

/**
 * Kills a real relay with SIGKILL in mid-load, again and again, sometimes while it starts. After each kill the relay must
 * still have what it acknowledged; at the end, every change of every writer is compared with what the log holds.
 */
export async function crash({
  folder,
  kills: wanted,
  within = Number.POSITIVE_INFINITY,
  opsPerKill,
  seed,
  tell,
}: CrashOptions): Promise<CrashReport> {
  const random = mulberry32(seed);
  const everyone: CrashClient[] = [];
  let writers: CrashClient[] = [];
  let killsAtStart = 0;
  const quiet = { DATA_DIR: folder, LOG_LEVEL: 'silent' };
  let relay = await startProcess({ ...quiet, PORT: '0' });
  // Whoever comes back looks for it where it was.
  const { port } = new URL(relay.url);
  const env = { ...quiet, PORT: port };
  const began = performance.now();
  let kill = 0;
  for (; kill < wanted && performance.now() < began + within; kill++) {
    if (kill % GENERATION === 0) {
      for (const writer of writers) writer.stop();
      writers = Array.from({ length: WRITERS }, (_, i) => {
        return new CrashClient(`ws://127.0.0.1:${port}/ws`, `docs/crash${kill}-${i % ROOMS}`);
      });
      everyone.push(...writers);
      for (const writer of writers) writer.connect();
    }
    const each = Math.ceil(opsPerKill / WRITERS);
    const goals = writers.map((writer) => writer.durable + each);
    // Always some on their way: a kill between two writes would prove little.
    const writing = setInterval(() => {
      for (const writer of writers) writer.write(1 + Math.floor(random() * 60));
    }, 4);
    await Promise.all(writers.map((writer, i) => writer.reached(goals[i] as number)));
    await sleep(random() * 40);
    await relay.end('SIGKILL');
    clearInterval(writing);
    if (random() < 0.1) {
      killsAtStart++;
      await killAtStart(env, random() * 400);
    }
    relay = await startProcess(env);
    if ((kill + 1) % 10 === 0) {
      const durable = everyone.reduce((sum, writer) => sum + writer.durable, 0);
      tell?.(
        `${kill + 1} kills, ${durable} changes acknowledged, ${everyone.flatMap((w) => w.broken).length} broken promises`,
      );
    }
  }
  await Promise.all(writers.map((writer) => writer.reached(writer.sums.length)));
  for (const writer of writers) writer.stop();
  await relay.end('SIGKILL');
  return { kills: kill, killsAtStart, ...(await compare(folder, everyone)) };
}

/** What the log holds against what the writers were told. */
async function compare(
  folder: string,
  everyone: readonly CrashClient[],
): Promise<Pick<CrashReport, 'durable' | 'lost' | 'foreign' | 'broken'>> {
  const log = new SqliteLog(folder);
  const byReplica = new Map(everyone.map((writer) => [writer.replica, writer]));
  let [durable, lost, foreign] = [0, 0, 0];
  for (const room of new Set(everyone.map((writer) => writer.room))) {
    const there = new Map<string, Set<number>>();
    for await (const page of log.read(room, new Map())) {
      for (const change of page) {
        const writer = byReplica.get(change.replica);
        const seen = there.get(change.replica) ?? new Set();
        there.set(change.replica, seen);
        if (writer?.sums[change.from] !== changeCrc(change) || seen.has(change.from)) foreign++;
        else seen.add(change.from);
      }
    }
    for (const writer of everyone.filter((one) => one.room === room)) {
      durable += writer.durable;
      const seen = there.get(writer.replica);
      for (let from = 0; from < writer.durable; from++) if (!seen?.has(from)) lost++;
    }
  }
  await log.close();
  return { durable, lost, foreign, broken: everyone.flatMap((writer) => writer.broken) };
}
