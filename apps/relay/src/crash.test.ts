import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { covers } from '@concord/sync/protocol';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { SqliteLog } from './sqlite-log.ts';
import { connect, saved, until } from './testing/client.ts';
import { crash } from './testing/crashes.ts';
import { runToEnd, startProcess } from './testing/process.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'concord-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

describe('the process', () => {
  it('[R1] kill -9 in mid-load loses nothing: what was acknowledged is there, the rest comes again', async () => {
    let relay = await startProcess({ PORT: '0', DATA_DIR: folder });
    const port = new URL(relay.url).port;
    const room = 'board/crash';
    const people = ['Ana', 'Bo', 'Cy', 'Di'].map((name) => connect(relay.url, room, name));
    await Promise.all(people.map(({ ready }) => ready));
    await Promise.all(people.map(saved));

    for (let round = 0; round < 2; round++) {
      const [first] = people;
      if (!first) throw new Error('nobody is there');
      // Ten turns of typing by all, and the kill while acknowledgements are under way.
      for (let turn = 0; turn < 10; turn++) {
        people.forEach((person, i) => {
          for (let n = 0; n < 20; n++)
            person.doc.change((root) => root.words.add(`${round}-${turn}-${i}-${n}`));
        });
        await new Promise((resolve) => setImmediate(resolve));
      }
      // Some of the 200 are acknowledged; nothing waited before this round.
      await until(() => first.status.get().waiting < 200, first.status.subscribe);
      await relay.end('SIGKILL');
      const acknowledged = people.map(({ doc, status }) => {
        const own = doc.changesSince(new Map()).filter(({ replica }) => replica === doc.replica);
        return { replica: doc.replica, next: own[own.length - 1 - status.get().waiting]?.to ?? 0 };
      });
      const log = new SqliteLog(folder);
      const disk = (await log.find(room))?.version ?? new Map();
      await log.close();
      for (const { replica, next } of acknowledged)
        expect(disk.get(replica) ?? 0).toBeGreaterThanOrEqual(next);
      relay = await startProcess({ PORT: port, DATA_DIR: folder });
      await Promise.all(people.map(saved));
    }

    const newcomer = connect(relay.url, room);
    await newcomer.ready;
    await saved(newcomer);
    expect(newcomer.doc.view.words).toHaveLength(2 * 10 * 4 * 20);
    for (const { doc } of people) expect(doc.stateHash()).toBe(newcomer.doc.stateHash());
    await Promise.all([...people, newcomer].map((person) => person.close()));
    expect(await relay.end('SIGTERM')).toBe(0);
  }, 120_000);

  it('[R1] kill -9 again and again, also while it starts: every acknowledged change is there, byte for byte', async () => {
    const report = await crash({ folder, kills: 6, opsPerKill: 400, seed: 3 });
    expect(report).toMatchObject({ kills: 6, lost: 0, foreign: 0, broken: [] });
    expect(report.durable).toBeGreaterThan(2_000);
  }, 120_000);

  it('[R2] SIGTERM writes everything and exits 0', async () => {
    const relay = await startProcess({ PORT: '0', DATA_DIR: folder });
    const person = connect(relay.url, 'docs/term');
    await person.ready;
    await saved(person);
    for (let n = 0; n < 200; n++) person.doc.change((root) => root.words.add(`${n}`));
    await until(() => person.status.get().waiting < 200, person.status.subscribe);
    expect(await relay.end('SIGTERM')).toBe(0);
    const log = new SqliteLog(folder);
    const record = await log.find('docs/term');
    await log.close();
    const { waiting } = person.status.get();
    const own = record?.version.get(person.doc.replica) ?? 0;
    expect(covers(person.doc.version, record?.version ?? new Map())).toBe(true);
    expect(own).toBeGreaterThanOrEqual(200 - waiting);
    await person.close();
  }, 120_000);

  it('[R3] what prevents a start is told in one line, with exit code 1', async () => {
    const relay = await startProcess({ PORT: '0', DATA_DIR: folder });
    const { port } = new URL(relay.url);
    const file = join(folder, 'file');
    writeFileSync(file, '');
    const cases: [Record<string, string>, RegExp][] = [
      [{ PORT: port, DATA_DIR: join(folder, 'other') }, /^Port \d+ is taken\..*\n$/],
      [{ PORT: '0', DATA_DIR: folder }, /^DATA_DIR .* is in use by another relay\.\n$/],
      [{ PORT: '0', DATA_DIR: file }, /^DATA_DIR .* cannot be .*\n$/],
      [{ PORT: 'many', DATA_DIR: folder }, /^PORT=many .*\n$/],
      [
        { HOST: '0.0.0.0', DATA_DIR: folder },
        /^HOST=0\.0\.0\.0 .*CONCORD_OPEN=yes-anyone-may-read-and-write\.\n$/,
      ],
    ];
    for (const [env, line] of cases) {
      const { code, output } = await runToEnd(env);
      expect(output).toMatch(line);
      expect(code).toBe(1);
    }
    await relay.end('SIGTERM');
  }, 120_000);
});
