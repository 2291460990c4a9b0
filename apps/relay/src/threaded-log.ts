import { type Transferable, Worker } from 'node:worker_threads';
import type { Change, Role, VersionVector } from '@concord/sync/protocol';
import type { AccessList, AccessStore, Link } from './access.ts';
import { packBatches } from './batch-pack.ts';
import type { LogService } from './log-service.ts';
import {
  BatchesRefused,
  DamagedError,
  ErasedError,
  type LogStore,
  type RoomBatch,
  type RoomRecord,
  type Snapshot,
  type SnapshotStore,
} from './log-store.ts';
import { LogError } from './sqlite-file.ts';
import type { LogPage, PageCursor } from './sqlite-reader.ts';

/** What the thread is asked. */
export interface LogCall {
  readonly id: number;
  readonly method: keyof LogService;
  readonly args: readonly unknown[];
}

/** Its answer: a value or an error, with what the error loses on its way. Id 0 says that the log is open. */
export interface LogAnswer {
  readonly id: number;
  readonly value?: unknown;
  readonly error?: Error;
  readonly name?: string;
  readonly reasons?: ReadonlyMap<number, string>;
}

/** The SQLite log on a thread of its own: while it waits for the disk, changes go on being passed around. */
export class ThreadedLog implements LogStore, SnapshotStore, AccessStore {
  readonly #worker: Worker;
  readonly #waiting = new Map<number, PromiseWithResolvers<unknown>>();
  readonly #died = Promise.withResolvers<Error>();
  #lastId = 0;
  #broken: Error | null = null;
  #closing = false;

  private constructor(dataDir: string) {
    this.#worker = new Worker(new URL('./log-worker.ts', import.meta.url), {
      workerData: dataDir,
      // What passes through is short-lived: a larger nursery only takes memory.
      resourceLimits: { maxYoungGenerationSizeMb: 8 },
    });
    this.#waiting.set(0, Promise.withResolvers());
    this.#worker.on('message', (answer: LogAnswer) => {
      const waiting = this.#waiting.get(answer.id);
      this.#waiting.delete(answer.id);
      if (answer.error === undefined) waiting?.resolve(answer.value);
      else waiting?.reject(revive(answer));
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

  /** Resolves if the thread ends without having been asked to: nothing can be stored any more. */
  get died(): Promise<Error> {
    return this.#died.promise;
  }

  find(room: string): Promise<RoomRecord | null> {
    return this.#ask('find', room);
  }

  append(batches: readonly RoomBatch[]): Promise<void> {
    const packed = packBatches(batches);
    return this.#send('appendPacked', [packed], [packed.bytes.buffer]) as Promise<void>;
  }

  async *read(room: string, since: VersionVector): AsyncGenerator<readonly Change[]> {
    let cursor: PageCursor | null = null;
    do {
      const page: LogPage = await this.#ask('page', room, since, cursor);
      if (page.changes.length > 0) yield page.changes;
      cursor = page.cursor;
    } while (cursor !== null);
  }

  snapshot(room: string): Promise<Snapshot | null> {
    return this.#ask('snapshot', room);
  }

  install(room: string, epoch: string, previous: number, snapshot: Snapshot): Promise<number | null> {
    return this.#ask('install', room, epoch, previous, snapshot);
  }

  attest(room: string, id: number): Promise<void> {
    return this.#ask('attest', room, id);
  }

  trimDue(before: number, most: number): Promise<ReadonlyMap<string, VersionVector>> {
    return this.#ask('trimDue', before, most);
  }

  access(document: string): Promise<AccessList> {
    return this.#ask('access', document);
  }

  claim(document: string, user: string): Promise<void> {
    return this.#ask('claim', document, user);
  }

  setPerson(document: string, user: string, role: Role | null): Promise<void> {
    return this.#ask('setPerson', document, user, role);
  }

  addLink(document: string, link: Link): Promise<void> {
    return this.#ask('addLink', document, link);
  }

  removeLink(document: string, id: string): Promise<void> {
    return this.#ask('removeLink', document, id);
  }

  /** A copy of the whole log as of now, taken while it is written to. Resolves to its size in bytes. */
  backUp(path: string): Promise<number> {
    return this.#ask('backUp', path);
  }

  compact(before: number): ReturnType<LogService['compact']> {
    return this.#ask('compact', before);
  }

  exportRoom(room: string, path: string): Promise<number> {
    return this.#ask('exportRoom', room, path);
  }

  eraseRoom(room: string): Promise<boolean> {
    return this.#ask('eraseRoom', room);
  }

  /** Ends the thread as a failure would. */
  kill(): void {
    void this.#worker.terminate();
  }

  async close(): Promise<void> {
    this.#closing = true;
    if (!this.#broken) await this.#ask('close');
    await this.#worker.terminate();
  }

  #ask<M extends keyof LogService>(
    method: M,
    ...args: Parameters<LogService[M]>
  ): Promise<Awaited<ReturnType<LogService[M]>>> {
    return this.#send(method, args, []) as Promise<Awaited<ReturnType<LogService[M]>>>;
  }

  #send(
    method: keyof LogService,
    args: readonly unknown[],
    handedOver: readonly Transferable[],
  ): Promise<unknown> {
    if (this.#broken) return Promise.reject(this.#broken);
    const waiting = Promise.withResolvers<unknown>();
    const id = ++this.#lastId;
    this.#waiting.set(id, waiting);
    this.#worker.postMessage({ id, method, args } satisfies LogCall, handedOver);
    return waiting.promise;
  }

  /** Nothing more will be answered. */
  #break(error: Error): void {
    if (!this.#closing) this.#died.resolve(error);
    this.#broken ??= error.name === 'LogError' ? new LogError(error.message) : error;
    const broken = this.#broken;
    for (const { reject } of this.#waiting.values()) reject(broken);
    this.#waiting.clear();
  }
}

/** An error that crossed threads has lost its class, but not its name. */
function revive({ error = new Error(), name, reasons }: LogAnswer): Error {
  if (reasons) return new BatchesRefused(reasons);
  const known = [DamagedError, ErasedError, LogError].find((one) => one.name === name);
  return known ? new known(error.message) : error;
}
