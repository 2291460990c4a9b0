import { Worker } from 'node:worker_threads';
import type { Change, VersionVector } from '@concord/sync/protocol';
import type { LogStore, RoomBatch, RoomRecord } from './log-store.ts';
import { LogError, type LogPage } from './sqlite-log.ts';

/** What the thread is asked. Calls are answered in order. */
export interface LogCall {
  readonly id: number;
  readonly call:
    | { readonly type: 'find'; readonly room: string }
    | { readonly type: 'append'; readonly batches: readonly RoomBatch[] }
    | {
        readonly type: 'page';
        readonly room: string;
        readonly since: VersionVector;
        readonly cursor: number | null;
      }
    | { readonly type: 'close' };
}

/** Its answer: a value or the message of an error. Id 0 says that the log is open. */
export interface LogAnswer {
  readonly id: number;
  readonly value?: unknown;
  readonly error?: string;
}

/** The SQLite log on a thread of its own: while it waits for the disk, changes go on being passed around. */
export class ThreadedLog implements LogStore {
  readonly #worker: Worker;
  readonly #waiting = new Map<number, PromiseWithResolvers<unknown>>();
  #lastId = 0;
  #broken: Error | null = null;

  private constructor(dataDir: string) {
    this.#worker = new Worker(new URL('./log-worker.ts', import.meta.url), { workerData: dataDir });
    this.#waiting.set(0, Promise.withResolvers());
    this.#worker.on('message', ({ id, value, error }: LogAnswer) => {
      const waiting = this.#waiting.get(id);
      this.#waiting.delete(id);
      if (error === undefined) waiting?.resolve(value);
      else waiting?.reject(new LogError(error));
    });
    this.#worker.on('error', (error: Error) => this.#break(error));
    this.#worker.on('exit', () => this.#break(new LogError('the log is closed')));
  }

  /** Opens the log in `dataDir`, made if missing. Rejects with LogError if it cannot be had. */
  static async open(dataDir: string): Promise<ThreadedLog> {
    const log = new ThreadedLog(dataDir);
    await log.#waiting.get(0)?.promise;
    return log;
  }

  find(room: string): Promise<RoomRecord | null> {
    return this.#ask({ type: 'find', room }) as Promise<RoomRecord | null>;
  }

  async append(batches: readonly RoomBatch[]): Promise<void> {
    await this.#ask({ type: 'append', batches: batches.map(detach) });
  }

  async *read(room: string, since: VersionVector): AsyncGenerator<readonly Change[]> {
    let cursor: number | null = null;
    do {
      const page = (await this.#ask({ type: 'page', room, since, cursor })) as LogPage;
      if (page.changes.length > 0) yield page.changes;
      cursor = page.cursor;
    } while (cursor !== null);
  }

  async close(): Promise<void> {
    await this.#ask({ type: 'close' });
    await this.#worker.terminate();
  }

  #ask(call: LogCall['call']): Promise<unknown> {
    if (this.#broken) return Promise.reject(this.#broken);
    const waiting = Promise.withResolvers<unknown>();
    const id = ++this.#lastId;
    this.#waiting.set(id, waiting);
    this.#worker.postMessage({ id, call } satisfies LogCall);
    return waiting.promise;
  }

  /** Nothing more will be answered. An error that crossed threads has lost its class, but not its name. */
  #break(error: Error): void {
    this.#broken ??= error.name === 'LogError' ? new LogError(error.message) : error;
    const broken = this.#broken;
    for (const { reject } of this.#waiting.values()) reject(broken);
    this.#waiting.clear();
  }
}

/** Bytes of a network packet are a view of something larger, all of which would be copied to the thread. */
function detach(batch: RoomBatch): RoomBatch {
  return {
    ...batch,
    changes: batch.changes.map((change) => ({ ...change, bytes: Uint8Array.from(change.bytes) })),
  };
}
