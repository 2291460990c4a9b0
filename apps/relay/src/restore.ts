import { closeSync, copyFileSync, existsSync, fsyncSync, openSync, renameSync, rmSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { LogError, logPath, openLogFile, prepareFile } from './sqlite-file.ts';
import { settleHeads } from './sqlite-repair.ts';
import { deleteChanges, transaction } from './sqlite-rooms.ts';
import { type Verified, verifyLog } from './verify.ts';

export interface RestoreOptions {
  /** The instant to go back to, in milliseconds since 1970. Null: all that the backup holds. */
  readonly to: number | null;
  /** Whether a log that is there gives way; it is kept beside as `log.sqlite.replaced`. */
  readonly replace: boolean;
}

/**
 * Puts a backup in the place of a data folder's log, while no relay runs on it. The file is verified first.
 *
 * As it is, a backup keeps its rooms' epochs: devices that know more bring it back, and nothing doubles. Going back to an
 * instant begins a new epoch in every room that loses something, so that devices drop what came after.
 */
export function restore(backup: string, dataDir: string, { to, replace }: RestoreOptions): Verified {
  const target = logPath(dataDir);
  const there = existsSync(target);
  if (there && !replace)
    throw new LogError(`There is a log in ${dataDir}. To replace it, say --replace; it is kept beside.`);
  // Opening it shows that no relay runs on it.
  openLogFile(dataDir).close();
  const fresh = `${target}.restoring`;
  let verified: Verified;
  try {
    dropFile(fresh);
    verified = prepare(backup, fresh, to);
  } catch (error) {
    dropFile(fresh);
    throw error;
  }
  if (there) {
    dropFile(`${target}.replaced`);
    renameSync(target, `${target}.replaced`);
  }
  dropFile(target);
  renameSync(fresh, target);
  syncPath(dataDir);
  return verified;
}

/** Makes a sound log of a backup, as of an instant. Throws LogError if that cannot be. */
function prepare(backup: string, fresh: string, to: number | null): Verified {
  copyFileSync(backup, fresh);
  const db = new DatabaseSync(fresh);
  let verified: Verified;
  try {
    prepareFile(db);
    if (to !== null) goBack(db, to);
    verified = verifyLog(db);
  } finally {
    db.close();
  }
  if (verified.problems.length > 0)
    throw new LogError(`The backup is not sound: ${verified.problems.slice(0, 3).join('; ')}`);
  syncPath(fresh);
  return verified;
}

/** Takes back what came after the instant, in every room. Throws LogError if the log does not reach back so far. */
function goBack(db: DatabaseSync, to: number): void {
  transaction(db, () => {
    const rooms = db.prepare('SELECT id, name, floor FROM rooms').all() as unknown as {
      id: number;
      name: string;
      floor: string;
    }[];
    const later = db.prepare('SELECT count(*) AS n FROM changes WHERE room = ? AND at > ?');
    const base = db.prepare(
      'SELECT version FROM snapshots WHERE room = ? AND at <= ? ORDER BY id DESC LIMIT 1',
    );
    for (const { id, name, floor } of rooms) {
      const { n } = later.get(id, to) as { n: number };
      if (n === 0) continue;
      if (floor !== '[]' && !base.get(id, to))
        throw new LogError(`${name} cannot go back so far: what was there then is no longer kept.`);
      db.prepare('DELETE FROM snapshots WHERE room = ? AND at > ?').run(id, to);
      deleteChanges(db, id, 'at > ?', to);
      db.prepare('UPDATE rooms SET epoch = ? WHERE id = ?').run(crypto.randomUUID(), id);
      settleHeads(db, id);
    }
  });
}

function dropFile(path: string): void {
  for (const end of ['', '-wal', '-shm']) rmSync(path + end, { force: true });
}

function syncPath(path: string): void {
  const file = openSync(path, 'r');
  try {
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
}
