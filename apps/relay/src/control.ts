import { rmSync } from 'node:fs';
import { createServer, request } from 'node:http';
import { join } from 'node:path';
import type { RelayConfig } from './config.ts';
import { type Journal, roomTag } from './journal.ts';
import type { Rooms } from './rooms.ts';
import { reason } from './sqlite-file.ts';
import { readBody } from './sse.ts';
import type { ThreadedLog } from './threaded-log.ts';

/** What an operator asks of a log, by way of the relay that has it open. */
export type Errand =
  | { readonly do: 'backup'; readonly path: string }
  | { readonly do: 'compact' }
  | { readonly do: 'erase'; readonly room: string }
  | { readonly do: 'export'; readonly room: string; readonly path: string };

/** What came of it. `value` is what the log's function of that name resolves to. */
export type Outcome = { readonly value: unknown } | { readonly error: string };

const MAX_ERRAND = 16 * 1024;
/** The longest path that a local socket may have on all systems, in bytes. */
const MAX_PATH = 100;

/** Where the relay of a data folder can be asked. Who may read the folder may ask. */
function controlPath(dataDir: string): string {
  return join(dataDir, 'control.sock');
}

/** Serves errands while the relay runs. */
export async function control(
  { dataDir, retention }: RelayConfig,
  log: ThreadedLog,
  rooms: Rooms,
  journal: Journal,
): Promise<{ close(): Promise<void> }> {
  const path = controlPath(dataDir);
  if (Buffer.byteLength(path) > MAX_PATH) {
    journal.warn({ path }, 'the path of DATA_DIR is too long: the CLI cannot reach this relay');
    return { close: async () => {} };
  }
  async function run(errand: Errand): Promise<unknown> {
    journal.info({ do: errand.do, ...('room' in errand && { room: roomTag(errand.room) }) }, 'errand');
    switch (errand.do) {
      case 'backup':
        return log.backUp(errand.path);
      case 'compact':
        return log.compact(Date.now() - retention);
      case 'export':
        return log.exportRoom(errand.room, errand.path);
      case 'erase': {
        const erased = await log.eraseRoom(errand.room);
        // Who is in there is sent out, and refused from now on.
        for (const name of [errand.room, `${errand.room}#comments`])
          await rooms.close(name, 'this room was erased');
        return erased;
      }
    }
  }
  const server = createServer(async (req, res) => {
    let outcome: Outcome;
    try {
      const body = await readBody(req, MAX_ERRAND);
      outcome = { value: await run(JSON.parse(new TextDecoder().decode(body ?? undefined)) as Errand) };
    } catch (error) {
      outcome = { error: reason(error) };
    }
    res.end(JSON.stringify(outcome));
  });
  // A relay that was killed leaves its socket behind. The log's lock tells that no other is alive.
  rmSync(path, { force: true });
  const before = process.umask(0o077);
  await new Promise<void>((resolve, reject) => server.once('error', reject).listen(path, resolve));
  process.umask(before);
  return {
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

/** Asks the running relay of a data folder. Null if there is none. */
export function ask(dataDir: string, errand: Errand): Promise<Outcome | null> {
  return new Promise((resolve, reject) => {
    const req = request({ socketPath: controlPath(dataDir), method: 'POST' }, (res) => {
      let text = '';
      res.on('data', (chunk) => {
        text += chunk;
      });
      res.on('end', () => resolve(JSON.parse(text) as Outcome));
      res.on('error', reject);
    });
    req.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT' || error.code === 'ECONNREFUSED') resolve(null);
      else reject(error);
    });
    req.end(JSON.stringify(errand));
  });
}
