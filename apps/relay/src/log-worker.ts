import { type MessagePort, parentPort, type Transferable, workerData } from 'node:worker_threads';
import { type LogService, logService } from './log-service.ts';
import { BatchesRefused } from './log-store.ts';
import type { LogAnswer, LogCall } from './threaded-log.ts';

// The thread that waits for the disk, so that nobody else has to. Started by ThreadedLog with the data folder.

/** Milliseconds between two looks at whether the indexes should be brought up to date. */
const FOLD_EVERY = 2_000;

async function answer(log: LogService, { id, method, args }: LogCall): Promise<LogAnswer> {
  try {
    const call = log[method] as (...args: readonly unknown[]) => unknown;
    return { id, value: await call(...args) };
  } catch (thrown) {
    const error = thrown instanceof Error ? thrown : new Error(String(thrown));
    const reasons = error instanceof BatchesRefused ? { reasons: error.reasons } : {};
    return { id, error, name: error.name, ...reasons };
  }
}

/** A snapshot is large and read for one asker: its memory is handed over, not copied. */
function handedOver({ value }: LogAnswer): Transferable[] {
  if (typeof value !== 'object' || value === null || !('bytes' in value)) return [];
  return value.bytes instanceof Uint8Array ? [value.bytes.buffer as ArrayBuffer] : [];
}

function serve(port: MessagePort, log: LogService): void {
  port.on('message', async (call: LogCall) => {
    const reply = await answer(log, call);
    port.postMessage(reply, handedOver(reply));
    if (call.method !== 'close') return;
    clearInterval(folding);
    port.close();
  });
  const folding = setInterval(() => {
    try {
      log.fold();
    } catch {
      // A commit that fails is told to who waits for it. This has time.
    }
  }, FOLD_EVERY);
}

if (parentPort) {
  // An error here reaches the other side as the worker's own.
  serve(parentPort, logService(workerData as string));
  parentPort.postMessage({ id: 0 } satisfies LogAnswer);
}
