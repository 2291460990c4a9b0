import { execFile } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { Assembler, covers, MAX_SNAPSHOT, unpackBody } from '@concord/sync/protocol';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { SqliteLog } from './sqlite-log.ts';
import { connect, saved, until } from './testing/client.ts';
import { type RelayProcess, startProcess } from './testing/process.ts';

const CLI = fileURLToPath(new URL('./cli.ts', import.meta.url));
const ROOM = 'docs/operated';
/** Words that must be gone from the disk when their room is. */
const CANARY = 'canary-in-the-coal-mine';

let folder: string;
let data: string;
let relay: RelayProcess | null = null;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'concord-'));
  data = join(folder, 'data');
});
afterEach(async () => {
  await relay?.end('SIGTERM');
  relay = null;
  rmSync(folder, { recursive: true, force: true });
});

const start = async (): Promise<RelayProcess> => {
  relay = await startProcess({ PORT: '0', DATA_DIR: data, RETENTION: '0s' });
  return relay;
};
const stop = async (): Promise<void> => {
  await relay?.end('SIGTERM');
  relay = null;
};

/** Runs the CLI. Resolves to its exit code and all that it said. */
async function concord(...args: string[]): Promise<{ code: number; said: string }> {
  const env = { ...process.env, DATA_DIR: data, NODE_OPTIONS: '', RETENTION: '0s' };
  try {
    const { stdout, stderr } = await promisify(execFile)(process.execPath, [CLI, ...args], { env });
    return { code: 0, said: stdout + stderr };
  } catch (error) {
    const { code, stdout, stderr } = error as { code: number; stdout: string; stderr: string };
    return { code, said: stdout + stderr };
  }
}

/** Which files below the data folder hold the text. */
function filesWith(text: string): string[] {
  return readdirSync(data)
    .filter((name) => !name.endsWith('.sock'))
    .filter((name) => readFileSync(join(data, name)).includes(text));
}

describe('the operator', () => {
  it('[O1] backs up, verifies and exports a log that is written to, and loses nothing that was acknowledged before', async () => {
    const { url } = await start();
    const people = ['Ana', 'Bo', 'Cy'].map((name) => connect(url, ROOM, name));
    await Promise.all(people.map(({ ready }) => ready));
    await Promise.all(people.map(saved));
    let count = 0;
    const typing = setInterval(() => {
      for (const { doc } of people) doc.change((root) => root.words.add(`word ${count++}`));
    }, 2);
    const backup = join(folder, 'backup.sqlite');
    const [first] = people;
    if (!first) throw new Error('nobody');
    await until(() => first.doc.view.words.length > 200, first.doc.subscribe.bind(first.doc));
    const before = first.doc.view.words.length - first.status.get().waiting - 100;
    const [made, verified, exported] = await Promise.all([
      concord('backup', backup),
      concord('verify'),
      concord('export', ROOM, join(folder, 'room.concord')),
    ]);
    clearInterval(typing);
    expect([made.code, verified.code, exported.code], made.said + verified.said + exported.said).toEqual([
      0, 0, 0,
    ]);
    expect(verified.said).toMatch(/^sound: 1 rooms, \d+ changes/);
    expect((await concord('verify', backup)).said).toMatch(/^sound: 1 rooms/);
    await Promise.all(people.map(saved));
    const full = first.doc.stateHash();
    await Promise.all(people.map((one) => one.close()));
    await stop();

    // What was exported is what a newcomer would get.
    const assembler = new Assembler({ snapshot: MAX_SNAPSHOT });
    const frames = unpackBody(readFileSync(join(folder, 'room.concord'))).map((packet) =>
      assembler.take(packet),
    );
    expect(frames.flatMap((f) => (f?.type === 'ops' ? f.changes : [])).length).toBeGreaterThan(before);

    // A stale backup, restored: there is what it held, and a device that knows more brings the rest, once.
    expect(await concord('restore', backup)).toMatchObject({ code: 1 });
    const restored = await concord('restore', backup, '--replace');
    expect(restored.code, restored.said).toBe(0);
    const log = new SqliteLog(data);
    const then = (await log.find(ROOM))?.version ?? new Map();
    await log.close();
    expect([...then.values()].reduce((sum, n) => sum + n, 0)).toBeGreaterThanOrEqual(before);
    expect(covers(first.doc.version, then)).toBe(true);
    expect(full).toBeTypeOf('string');
    expect(existsSync(join(data, 'log.sqlite.replaced'))).toBe(true);
  }, 120_000);

  it('[O2] a device that kept more than a restored backup brings it back, and nothing doubles', async () => {
    let { url } = await start();
    const port = new URL(url).port;
    const ana = connect(url, ROOM, 'Ana');
    await ana.ready;
    await saved(ana);
    ana.doc.change((root) => root.words.add('before'));
    await saved(ana);
    const backup = join(folder, 'backup.sqlite');
    expect((await concord('backup', backup)).code).toBe(0);
    ana.doc.change((root) => root.words.add('after'));
    await saved(ana);
    await stop();
    expect((await concord('restore', backup, '--replace')).code).toBe(0);
    relay = await startProcess({ PORT: port, DATA_DIR: data });
    url = relay.url;
    const bo = connect(url, ROOM, 'Bo');
    await bo.ready;
    await until(() => bo.doc.view.words.length === 2, bo.doc.subscribe.bind(bo.doc));
    await Promise.all([saved(ana), saved(bo)]);
    expect(bo.doc.stateHash()).toBe(ana.doc.stateHash());
    await Promise.all([ana.close(), bo.close()]);
  }, 120_000);

  it('[O3] goes back to any instant with the exact state of then', async () => {
    const { url } = await start();
    const ana = connect(url, ROOM, 'Ana');
    await ana.ready;
    await saved(ana);
    const instants: { readonly at: number; readonly hash: string }[] = [];
    for (let i = 0; i < 6; i++) {
      for (let n = 0; n <= i; n++) ana.doc.change((root) => root.words.add(`${i} ${n}`));
      await saved(ana);
      instants.push({ at: Date.now(), hash: ana.doc.stateHash() });
      // The next change belongs to a later millisecond.
      await until(
        () => Date.now() > (instants.at(-1)?.at ?? 0) + 1,
        (look) => {
          const timer = setInterval(look, 1);
          return () => clearInterval(timer);
        },
      );
    }
    const backup = join(folder, 'backup.sqlite');
    expect((await concord('backup', backup)).code).toBe(0);
    await ana.close();
    await stop();
    for (const { at, hash } of [instants[1], instants[4]].filter((one) => one !== undefined)) {
      const done = await concord('restore', backup, '--replace', '--to', new Date(at).toISOString());
      expect(done.code, done.said).toBe(0);
      const there = await start();
      const reader = connect(there.url, ROOM, 'Reader');
      await reader.ready;
      await saved(reader);
      expect(reader.doc.stateHash()).toBe(hash);
      await reader.close();
      await stop();
    }
  }, 120_000);

  it('[O4] erases a room so that nothing of it stays on the disk and no device brings it back', async () => {
    const { url } = await start();
    const [ana, bo] = [connect(url, ROOM, 'Ana'), connect(url, 'docs/other', 'Bo')];
    await Promise.all([ana.ready, bo.ready]);
    await Promise.all([saved(ana), saved(bo)]);
    for (let n = 0; n < 300; n++) {
      ana.doc.change((root) => root.words.add(`${CANARY} ${n} ${'x'.repeat(n)}`));
      bo.doc.change((root) => root.words.add(`kept ${n}`));
    }
    await Promise.all([saved(ana), saved(bo)]);
    expect(filesWith(CANARY)).not.toEqual([]);
    const erased = await concord('erase', ROOM);
    expect(erased.said).toMatch(/is erased/);
    expect(filesWith(CANARY)).toEqual([]);
    expect(filesWith('operated')).toEqual([]);
    // Ana still has it all, and comes again.
    ana.doc.change((root) => root.words.add(`${CANARY} again`));
    const late = connect(url, ROOM, 'Late');
    await late.ready;
    await until(() => late.status.get().problem !== undefined, late.status.subscribe);
    expect(late.doc.view.words).toEqual([]);
    expect(filesWith(CANARY)).toEqual([]);
    const reader = connect(url, 'docs/other', 'Reader');
    await reader.ready;
    await saved(reader);
    expect(reader.doc.view.words).toHaveLength(300);
    await Promise.all([ana, bo, late, reader].map((one) => one.close()));
  }, 120_000);

  it('[O5] says what is wrong in one line, with exit code 1', async () => {
    expect(await concord('backup', 'x')).toMatchObject({ code: 1, said: expect.stringContaining('no log') });
    expect(await concord('fly')).toMatchObject({ code: 1, said: expect.stringContaining('no command fly') });
    expect(await concord('erase', 'nonsense')).toMatchObject({ code: 1 });
    expect((await concord()).said).toContain('concord backup FILE');
    const file = join(folder, 'bad.sqlite');
    writeFileSync(file, 'not a database, but long enough to be looked at as one'.repeat(100));
    expect(await concord('restore', file)).toMatchObject({ code: 1 });
    expect(existsSync(join(data, 'log.sqlite.restoring'))).toBe(false);
    const { url } = await start();
    const ana = connect(url, ROOM, 'Ana');
    await ana.ready;
    ana.doc.change((root) => root.words.add('one'));
    await saved(ana);
    await ana.close();
    const backup = join(folder, 'b.sqlite');
    await concord('backup', backup);
    expect(await concord('restore', backup, '--replace')).toMatchObject({
      code: 1,
      said: expect.stringContaining('in use'),
    });
    // A flipped bit in a backup is found.
    const bytes = readFileSync(backup);
    const at = bytes.indexOf('one');
    bytes[at] = (bytes[at] ?? 0) ^ 1;
    writeFileSync(backup, bytes);
    expect(await concord('verify', backup)).toMatchObject({
      code: 1,
      said: expect.stringContaining('damaged'),
    });
    expect(statSync(backup).size).toBeGreaterThan(0);
  }, 120_000);
});
