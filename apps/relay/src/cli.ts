#!/usr/bin/env node
import { existsSync, rmSync } from 'node:fs';
import { resolve } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { parseArgs } from 'node:util';
import { isRoomName } from '@concord/sync/protocol';
import { readConfig } from './config.ts';
import { ask, type Errand } from './control.ts';
import { logService } from './log-service.ts';
import { restore } from './restore.ts';
import { LogError, logPath, reason } from './sqlite-file.ts';
import { type Verified, verifyLog } from './verify.ts';

const USAGE = `concord backup FILE                  copy the log as of now; the relay may run
concord restore FILE [--to TIME]     put a backup in place, as of TIME (2026-01-31T12:00:00Z); the relay must not run
                     [--replace]     even if there is a log already; it is kept beside
concord verify [FILE]                check every checksum and promise of the log, or of a backup
concord compact                      drop what snapshots hold and RETENTION no longer asks for; give space back
concord erase ROOM                   delete a room for good, and refuse its name from then on
concord export ROOM FILE             write a room as packets of the protocol

DATA_DIR is the relay's data folder, as for the relay itself (default ./.data).`;

/** Something that the caller can put right. */
class UsageError extends Error {}

/** Runs one command. Returns what to say. */
async function run(args: readonly string[]): Promise<string> {
  const { positionals, values } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: { to: { type: 'string' }, replace: { type: 'boolean' }, help: { type: 'boolean' } },
  });
  const [command, ...rest] = positionals;
  if (values.help || !command) return USAGE;
  const config = readConfig({ ...process.env, HOST: '' });
  const { dataDir } = config;
  const before = Date.now() - config.retention;
  switch (command) {
    case 'backup': {
      const [file] = expect(rest, 1);
      const size = await errand(dataDir, { do: 'backup', path: resolve(file) }, before);
      return `${file}: ${size} bytes`;
    }
    case 'restore': {
      const [file] = expect(rest, 1);
      if (!existsSync(file)) throw new UsageError(`There is no file ${file}.`);
      return told(restore(file, dataDir, { to: readTime(values.to), replace: values.replace ?? false }));
    }
    case 'verify':
      return verify(dataDir, rest[0] ?? null, before);
    case 'compact': {
      const sizes = (await errand(dataDir, { do: 'compact' }, before)) as { before: number; after: number };
      return `${sizes.before} bytes before, ${sizes.after} bytes after`;
    }
    case 'erase': {
      const room = readRoom(expect(rest, 1)[0]);
      const erased = await errand(dataDir, { do: 'erase', room }, before);
      return erased
        ? `${room} is erased. Backups made before still hold it.`
        : `Nothing was stored of ${room}.`;
    }
    case 'export': {
      const [room, file] = expect(rest, 2);
      const count = await errand(
        dataDir,
        { do: 'export', room: readRoom(room), path: resolve(file) },
        before,
      );
      if (count === -1) throw new UsageError(`Nothing is stored of ${room}.`);
      return `${file}: ${count} changes after the snapshot, if there is one`;
    }
    default:
      throw new UsageError(`There is no command ${command}.\n\n${USAGE}`);
  }
}

/** Has the running relay do it, or does it if none runs. */
async function errand(dataDir: string, what: Errand, before: number): Promise<unknown> {
  const outcome = await ask(dataDir, what);
  if (outcome && 'error' in outcome) throw new LogError(outcome.error);
  if (outcome) return outcome.value;
  if (!existsSync(logPath(dataDir)))
    throw new UsageError(`There is no log in ${dataDir}. Is DATA_DIR right?`);
  const log = logService(dataDir);
  try {
    switch (what.do) {
      case 'backup':
        return await log.backUp(what.path);
      case 'compact':
        return await log.compact(before);
      case 'erase':
        return await log.eraseRoom(what.room);
      case 'export':
        return await log.exportRoom(what.room, what.path);
    }
  } finally {
    await log.close();
  }
}

/** A log that is in use is verified in a copy: nobody waits for it. */
async function verify(dataDir: string, backup: string | null, before: number): Promise<string> {
  if (backup !== null && !existsSync(backup)) throw new UsageError(`There is no file ${backup}.`);
  const copy = backup ?? resolve(`${logPath(dataDir)}.verifying`);
  if (backup === null) await errand(dataDir, { do: 'backup', path: copy }, before);
  try {
    const db = new DatabaseSync(copy, { readOnly: true });
    try {
      return told(verifyLog(db));
    } finally {
      db.close();
    }
  } finally {
    if (backup === null) for (const end of ['', '-wal', '-shm']) rmSync(copy + end, { force: true });
  }
}

function told({ rooms, changes, snapshots, problems }: Verified): string {
  if (problems.length > 0) throw new LogError(problems.join('\n'));
  return `sound: ${rooms} rooms, ${changes} changes, ${snapshots} snapshots`;
}

function expect(rest: readonly string[], count: 1 | 2): [string, string] {
  const [first, second] = rest;
  if (rest.length !== count || !first) throw new UsageError(USAGE);
  return [first, second ?? ''];
}

function readRoom(name: string): string {
  if (!isRoomName(name)) throw new UsageError(`${name} is not the name of a room, such as docs/abc.`);
  return name;
}

function readTime(text: string | undefined): number | null {
  if (text === undefined) return null;
  const time = Date.parse(text);
  if (Number.isNaN(time)) throw new UsageError(`--to ${text} is not a time such as 2026-01-31T12:00:00Z.`);
  return time;
}

try {
  console.log(await run(process.argv.slice(2)));
} catch (error) {
  console.error(reason(error));
  process.exitCode = 1;
}
