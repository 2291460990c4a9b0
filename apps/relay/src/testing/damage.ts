import {
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { counter, Doc, object } from '@concord/crdt';
import { type Change, changeCrc, newReplicaId } from '@concord/sync/protocol';
import { SqliteLog } from '../sqlite-log.ts';

const FILES = ['log.sqlite', 'log.sqlite-wal'] as const;
type File = (typeof FILES)[number];

/** What a damaged log gave when it was opened and read. */
export interface Reading {
  /** The error of opening or reading, or null. */
  readonly refused: string | null;
  /** What the room was said to have, and the changes that were handed out, by their first ids. */
  readonly claimed: number;
  readonly read: readonly number[];
  /** Changes handed out that were never written so. */
  readonly wrong: number;
}

/** A log with one room and one writer, as a crash leaves it, and copies of it that can be damaged. */
export class DamagedLog {
  static readonly room = 'docs/damage';
  readonly #folder: string;
  readonly #changes: readonly Change[];
  /** Who wrote all of it. */
  readonly replica: Change['replica'];
  /** The size of the write-ahead log after each commit, in bytes. */
  readonly commits: readonly number[];

  private constructor(
    changes: readonly Change[],
    commits: readonly number[],
    replica: Change['replica'],
    folder: string,
  ) {
    this.#changes = changes;
    this.commits = commits;
    this.replica = replica;
    this.#folder = folder;
  }

  /**
   * Writes `commits` commits of a few changes each. `killed`: copied as a kill leaves it, all in the write-ahead log;
   * `closed`: as an orderly end leaves it, all in the file itself.
   */
  static async make(commits: number, how: 'killed' | 'closed'): Promise<DamagedLog> {
    const folder = mkdtempSync(join(tmpdir(), 'concord-damage-'));
    const live = join(folder, 'live');
    const kept = join(folder, 'kept');
    mkdirSync(kept);
    const log = new SqliteLog(live);
    const doc = new Doc(object({ clicks: counter() }), { replica: newReplicaId() });
    const changes: Change[] = [];
    const sizes: number[] = [];
    for (let i = 0; i < commits; i++) {
      const batch: Change[] = [];
      for (let n = 0; n <= i % 3; n++) {
        const change = doc.change(({ clicks }) => clicks.increment(1));
        if (change) batch.push(change);
      }
      await log.append([{ room: DamagedLog.room, epoch: 'e', changes: batch }]);
      changes.push(...batch);
      sizes.push(statSync(join(live, 'log.sqlite-wal')).size);
    }
    if (how === 'closed') await log.close();
    for (const file of FILES) {
      if (existsSync(join(live, file))) copyFileSync(join(live, file), join(kept, file));
      else writeFileSync(join(kept, file), '');
    }
    await log.close();
    return new DamagedLog(changes, sizes, doc.replica, folder);
  }

  /** The bytes of one of its files. */
  bytes(file: File): Buffer {
    return readFileSync(join(this.#folder, 'kept', file));
  }

  /** How many changes the first `commits` commits hold. */
  changesIn(commits: number): number {
    let count = 0;
    for (let i = 0; i < commits; i++) count += (i % 3) + 1;
    return count;
  }

  /** Opens a copy in which one file is as given, and reads all of it. */
  async read(file: File, bytes: Uint8Array): Promise<Reading> {
    return this.#within(file, bytes, (work) => this.#readAll(work));
  }

  /** The same, and then opens and reads what that left. */
  async readTwice(file: File, bytes: Uint8Array): Promise<[Reading, Reading]> {
    return this.#within(file, bytes, async (work) => [await this.#readAll(work), await this.#readAll(work)]);
  }

  async #within<T>(file: File, bytes: Uint8Array, act: (work: string) => Promise<T>): Promise<T> {
    const work = mkdtempSync(join(this.#folder, 'work-'));
    for (const other of FILES) copyFileSync(join(this.#folder, 'kept', other), join(work, other));
    writeFileSync(join(work, file), bytes);
    try {
      return await act(work);
    } finally {
      rmSync(work, { recursive: true, force: true });
    }
  }

  async #readAll(work: string): Promise<Reading> {
    let log: SqliteLog | null = null;
    let claimed = 0;
    let wrong = 0;
    const read: number[] = [];
    try {
      log = new SqliteLog(work);
      claimed = (await log.find(DamagedLog.room))?.version.get(this.replica) ?? 0;
      for await (const page of log.read(DamagedLog.room, new Map())) {
        for (const change of page) {
          const original = this.#changes[change.from];
          if (original && change.replica === this.replica && changeCrc(change) === changeCrc(original))
            read.push(change.from);
          else wrong++;
        }
      }
      return { refused: null, claimed, read, wrong };
    } catch (error) {
      return { refused: error instanceof Error ? error.message : String(error), claimed, read, wrong };
    } finally {
      await log?.close().catch(() => {});
    }
  }

  end(): void {
    rmSync(this.#folder, { recursive: true, force: true });
  }
}
