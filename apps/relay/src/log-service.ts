import type { AccessStore } from './access.ts';
import { type PackedBatches, unpackBatches } from './batch-pack.ts';
import type { Snapshot, SnapshotStore } from './log-store.ts';
import { backUp, compactLog, eraseRoom, exportRoom } from './maintenance.ts';
import { SqliteAccess } from './sqlite-access.ts';
import { SqliteLog } from './sqlite-log.ts';
import { SqliteSnapshots } from './sqlite-snapshots.ts';

/** The log in one SQLite file, with everything that can be asked of it. Also what the log's thread serves. */
export function logService(dataDir: string, log: SqliteLog = new SqliteLog(dataDir)) {
  const { db } = log;
  const snapshots: SnapshotStore = new SqliteSnapshots(db, () => log.forget());
  const access: AccessStore = new SqliteAccess(db);
  /** Others look at the tables, and may change them: the indexes must be up to date, and nothing taken as known. */
  const settled = <A extends readonly unknown[], R>(run: (...args: A) => R) => {
    return (...args: A): R => {
      log.fold();
      log.forget();
      return run(...args);
    };
  };
  /** One at a time: a file that is being copied must not be rewritten. */
  let busy: Promise<unknown> = Promise.resolve();
  const alone = <A extends readonly unknown[], R>(run: (...args: A) => Promise<R>) => {
    return (...args: A): Promise<R> => {
      const done = busy.then(() => settled(run)(...args));
      busy = done.catch(() => {});
      return done;
    };
  };
  return {
    find: log.find.bind(log),
    append: log.append.bind(log),
    appendPacked: (packed: PackedBatches) => log.append(unpackBatches(packed)),
    page: log.page.bind(log),
    read: log.read.bind(log),
    close: log.close.bind(log),
    /** To be called now and then, when nothing else is to do. */
    fold: log.fold.bind(log),

    snapshot: settled((room: string) => snapshots.snapshot(room)),
    install: settled((room: string, epoch: string, previous: number, snapshot: Snapshot) =>
      snapshots.install(room, epoch, previous, snapshot),
    ),
    attest: (room: string, id: number) => snapshots.attest(room, id),
    trimDue: settled((before: number, most: number) => snapshots.trimDue(before, most)),

    access: access.access.bind(access),
    claim: access.claim.bind(access),
    setPerson: access.setPerson.bind(access),
    addLink: access.addLink.bind(access),
    removeLink: access.removeLink.bind(access),

    backUp: alone((path: string) => backUp(db, path)),
    compact: alone((before: number) => compactLog(db, before)),
    exportRoom: settled((room: string, path: string) => exportRoom(db, room, path)),
    eraseRoom: alone((room: string) => eraseRoom(db, room)),
  };
}

export type LogService = ReturnType<typeof logService>;
