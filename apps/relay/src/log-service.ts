import type { AccessStore } from './access.ts';
import type { SnapshotStore } from './log-store.ts';
import { backUp, compactLog, eraseRoom, exportRoom } from './maintenance.ts';
import { SqliteAccess } from './sqlite-access.ts';
import { SqliteLog } from './sqlite-log.ts';
import { SqliteSnapshots } from './sqlite-snapshots.ts';

/** The log in one SQLite file, with everything that can be asked of it. Also what the log's thread serves. */
export function logService(dataDir: string) {
  const log = new SqliteLog(dataDir);
  const { db } = log;
  const forget = (): void => log.forget();
  const snapshots: SnapshotStore = new SqliteSnapshots(db, forget);
  const access: AccessStore = new SqliteAccess(db);
  return {
    find: log.find.bind(log),
    append: log.append.bind(log),
    page: log.page.bind(log),
    read: log.read.bind(log),
    close: log.close.bind(log),

    snapshot: snapshots.snapshot.bind(snapshots),
    install: snapshots.install.bind(snapshots),
    attest: snapshots.attest.bind(snapshots),
    trimDue: snapshots.trimDue.bind(snapshots),

    access: access.access.bind(access),
    claim: access.claim.bind(access),
    setPerson: access.setPerson.bind(access),
    addLink: access.addLink.bind(access),
    removeLink: access.removeLink.bind(access),

    backUp: (path: string) => backUp(db, path),
    compact: (before: number) => compactLog(db, before),
    exportRoom: (room: string, path: string) => exportRoom(db, room, path),
    eraseRoom: (room: string) => {
      forget();
      return eraseRoom(db, room);
    },
  };
}

export type LogService = ReturnType<typeof logService>;
