import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Change, newReplicaId, type VersionVector } from '@concord/sync/protocol';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { BatchesRefused, type LogStore } from './log-store.ts';
import { SqliteLog } from './sqlite-log.ts';
import { changeOf } from './testing/changes.ts';
import { ThreadedLog } from './threaded-log.ts';

const ANA = newReplicaId();
const BO = newReplicaId();
const change = (replica = ANA, from = 0, size = 3): Change => changeOf(replica, from, from + 2, size, from);
const key = ({ replica, from, to, bytes }: Change): string =>
  `${replica} ${from} ${to} ${bytes.length} ${bytes.at(-1)}`;

describe.each([
  ['in this thread', async (folder: string): Promise<LogStore> => new SqliteLog(folder)],
  ['in its own thread', (folder: string): Promise<LogStore> => ThreadedLog.open(folder)],
])('the log %s', (_where, open) => {
  let folder: string;
  let log: LogStore;
  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'concord-'));
    log = await open(folder);
  });
  afterEach(async () => {
    await log.close();
    rmSync(folder, { recursive: true, force: true });
  });
  const append = (room: string, ...changes: Change[]): Promise<void> =>
    log.append([{ room, epoch: `e-${room}`, changes }]);
  const read = async (room: string, since: VersionVector = new Map()): Promise<string[][]> => {
    const pages: string[][] = [];
    for await (const page of log.read(room, since)) pages.push(page.map(key));
    return pages;
  };

  it('[K1] keeps what was appended, in the order of arrival, in pages', async () => {
    expect(await log.find('docs/a')).toBeNull();
    const changes = Array.from({ length: 1_500 }, (_, i) => change(i % 2 ? ANA : BO, 2 * Math.floor(i / 2)));
    await append('docs/a', ...changes);
    await append('docs/b', change(ANA, 0, 400_000), change(ANA, 2, 400_000));
    await log.close();
    log = await open(folder);
    expect(await log.find('docs/a')).toMatchObject({
      epoch: 'e-docs/a',
      version: new Map([
        [ANA, 1_500],
        [BO, 1_500],
      ]),
    });
    expect((await read('docs/a')).flat()).toEqual(changes.map(key));
    expect((await read('docs/b')).map((page) => page.length)).toEqual([1, 1]);
  });

  it('[K2] appending again changes nothing; another epoch is refused', async () => {
    await append('docs/a', change());
    await append('docs/a', change(), change(ANA, 2));
    await expect(
      log.append([{ room: 'docs/a', epoch: 'another', changes: [change(ANA, 4)] }]),
    ).rejects.toThrow(BatchesRefused);
    expect((await read('docs/a')).flat()).toEqual([change(), change(ANA, 2)].map(key));
    expect((await log.find('docs/a'))?.epoch).toBe('e-docs/a');
  });

  it('[K3] refuses a batch with a gap as a whole, and no other batch for it', async () => {
    await append('docs/a', change());
    const refused = log.append([
      { room: 'docs/b', epoch: 'e', changes: [change()] },
      { room: 'docs/a', epoch: 'e-docs/a', changes: [change(BO), change(ANA, 4)] },
      { room: 'docs/c', epoch: 'e', changes: [change()] },
    ]);
    const error = await refused.catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(BatchesRefused);
    expect([...(error as BatchesRefused).reasons.keys()]).toEqual([1]);
    expect((await read('docs/a')).flat()).toEqual([key(change())]);
    expect((await log.find('docs/a'))?.version).toEqual(new Map([[ANA, 2]]));
    for (const room of ['docs/b', 'docs/c']) expect((await read(room)).flat()).toEqual([key(change())]);
    // And what was refused can be said right.
    await append('docs/a', change(BO), change(ANA, 2));
    expect((await read('docs/a')).flat()).toHaveLength(3);
  });

  it('[K4] gives a client exactly what it lacks', async () => {
    const changes = [change(), change(BO), change(ANA, 2), change(BO, 2), change(ANA, 4)];
    await append('docs/a', ...changes);
    await append('docs/b', change());
    const since = new Map([
      [ANA, 4],
      [BO, 2],
      [newReplicaId(), 9],
    ]);
    expect((await read('docs/a', since)).flat()).toEqual([change(BO, 2), change(ANA, 4)].map(key));
    expect(await read('docs/a', (await log.find('docs/a'))?.version)).toEqual([]);
    expect(await read('docs/none')).toEqual([]);
  });
});
